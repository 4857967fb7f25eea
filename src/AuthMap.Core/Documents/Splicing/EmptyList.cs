using AuthMap.Authenticator;
using AuthMap.Yaml;

namespace AuthMap.Documents.Splicing;

/// <summary>Turns every form of an empty list that the authenticator accepts into a block list, comments kept.</summary>
internal static class EmptyList
{
    /// <summary>Plans the first entries.</summary>
    /// <param name="text">The text; it holds no items.</param>
    /// <param name="root">Its root; null when there is no node at all.</param>
    /// <param name="lines">The entries' lines without endings.</param>
    /// <param name="ending">The line ending.</param>
    public static IReadOnlyList<Splice> Fill(string text, YamlNode? root, IReadOnlyList<string> lines, string ending)
    {
        if (Decoder.IsSkippable(text))
        {
            return [new Splice(new TextSpan(0, text.Length), string.Join(ending, lines) + ending)];
        }

        if (root is null || root.Span.Length == 0)
        {
            // Only comments or a document's start: the list follows them.
            var end = root is null ? text.Length : Lines.Next(text, root.Span.End);
            return [Splice.Insert(end, LineBlock.For(text, end, lines, ending))];
        }

        // The token goes; what stands beside it on its lines (a document's start, comments) stays on a line of its own.
        var start = Lines.Start(text, root.Span.Start);
        var lineEnd = Lines.End(text, root.Span.End);
        var next = Lines.Next(text, root.Span.End);
        List<string> remains = [.. Comments(text[root.Span.Start..root.Span.End])];
        var rest = (text[start..root.Span.Start].TrimEnd() + " " + text[root.Span.End..lineEnd].Trim()).Trim();
        remains.AddRange(rest.Length > 0 ? [rest] : Array.Empty<string>());
        var written = string.Join(ending, remains.Concat(lines));
        return [new Splice(new TextSpan(start, next), next == lineEnd ? written : written + ending)];
    }

    private static IEnumerable<string> Comments(string token) =>
        token.Split('\n').Select(line => line.IndexOf('#', StringComparison.Ordinal) is >= 0 and var i ? line[i..].TrimEnd() : "")
            .Where(comment => comment.Length > 0);
}
