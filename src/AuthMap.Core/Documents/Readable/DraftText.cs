namespace AuthMap.Documents.Readable;

/// <summary>Lines of a draft. Only a line feed ends one; a carriage return before it belongs to the ending.</summary>
internal static class DraftText
{
    /// <summary>The lines with their endings; the last may have none.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var feed ? feed + 1 : text.Length;
            yield return text[start..end];
            start = end;
        }
    }

    /// <summary>A text that an editor saved as a Macintosh did long ago, with a carriage return alone at the end of each line, with the
    /// line endings of today; any other as it is.</summary>
    public static string WithLineFeeds(string text) => text.Contains('\n', StringComparison.Ordinal) ? text : text.Replace('\r', '\n');

    /// <summary>The line ending of all lines; null when they differ, or there is none.</summary>
    public static string? EndingOf(string text)
    {
        var endings = Lines(text).Where(line => line.EndsWith('\n')).Select(line => line.EndsWith("\r\n", StringComparison.Ordinal))
            .Distinct().Take(2).ToList();
        return endings switch
        {
            [true] => "\r\n",
            [false] => "\n",
            _ => null,
        };
    }

    /// <summary>The line, from 1, that an offset stands in.</summary>
    public static int LineAt(string text, int offset) => text.AsSpan(0, offset).Count('\n') + 1;

    /// <summary>
    /// The start of a key's text that is not shown: a byte order mark, and the marker of a document in a line of its own. It would
    /// mean something else below the key.
    /// </summary>
    public static string PrologueOf(string text)
    {
        var mark = text.StartsWith('\uFEFF') ? 1 : 0;
        return Lines(text[mark..]).FirstOrDefault() is { } first && first.EndsWith('\n') && first.TrimEnd() == "---"
            ? text[..(mark + first.Length)]
            : text[..mark];
    }

    /// <summary>A line without its ending.</summary>
    public static string Bare(string line) =>
        line.EndsWith("\r\n", StringComparison.Ordinal) ? line[..^2] : line.EndsWith('\n') ? line[..^1] : line;

    public static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);

    public static bool IsComment(string line) => line.AsSpan().TrimStart(" \t").StartsWith("#", StringComparison.Ordinal);

    /// <summary>Whether there is something that YAML reads.</summary>
    public static bool IsContent(string line) => !IsBlank(line) && !IsComment(line);

    /// <summary>How far the first line with content is indented, or the first comment when there is no content.</summary>
    public static int IndentOf(IEnumerable<string> lines)
    {
        List<string> all = [.. lines];
        return (all.Find(IsContent) ?? all.Find(line => !IsBlank(line))) is { } first ? Spaces(first) : 0;
    }

    /// <summary>How many spaces a line starts with.</summary>
    public static int Spaces(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;
}
