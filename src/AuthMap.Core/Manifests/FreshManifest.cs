using System.Buffers;
using AuthMap.Documents;

namespace AuthMap.Manifests;

/// <summary>
/// A manifest of its own for the usual maps, whose texts stand in a literal block as they are. It needs no proof by reading, which
/// takes most of the time that a manifest takes; the tests compare the two on every recorded map.
/// </summary>
internal static class FreshManifest
{
    private const string Head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:";
    private const int Indent = 4;

    private static readonly SearchValues<char> _usual =
        SearchValues.Create(['\n', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    /// <summary>A manifest without data.</summary>
    public const string Empty = Head + " {}\n";

    /// <summary>Writes one.</summary>
    /// <returns>False, and nothing is written, when a key or a text is not one of the usual.</returns>
    public static bool TryWrite(TextWriter output, IReadOnlyDictionary<string, string> data)
    {
        var keys = SectionKeys.All.Select(SectionKeys.Name).Where(data.ContainsKey).ToList();
        if (keys.Count == 0 || keys.Count != data.Count || !data.Values.All(IsUsual))
        {
            return false;
        }

        output.Write(Head + "\n");
        foreach (var key in keys)
        {
            output.Write($"  {key}: |\n");
            LiteralText.WriteBody(output, data[key], Indent, "\n");
        }

        return true;
    }

    // Begins with a character that shows, so that no reader has to guess the indentation; ends with one line break.
    private static bool IsUsual(string text) =>
        text is [> ' ', .., '\n'] and not [.., '\n', '\n'] && !text.AsSpan().ContainsAnyExcept(_usual) && !HasBlankLine(text);

    private static bool HasBlankLine(ReadOnlySpan<char> text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (!text[line].IsEmpty && text[line].IsWhiteSpace())
            {
                return true;
            }
        }

        return false;
    }
}
