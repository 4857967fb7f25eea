using System.Text;

namespace AuthMap.Manifests;

/// <summary>A stretch of text and what takes its place.</summary>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset after its last character.</param>
/// <param name="Replacement">The new text.</param>
internal readonly record struct Splice(int Start, int End, string Replacement)
{
    /// <summary>Applies splices that do not overlap and stand in the order of the text.</summary>
    public static string Apply(string text, IReadOnlyList<Splice> splices)
    {
        var result = new StringBuilder(text.Length + 256);
        var at = 0;
        foreach (var splice in splices)
        {
            result.Append(text, at, splice.Start - at).Append(splice.Replacement);
            at = splice.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
