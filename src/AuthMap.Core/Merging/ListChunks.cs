using AuthMap.Documents;
using AuthMap.Documents.Splicing;
using AuthMap.Yaml;

namespace AuthMap.Merging;

/// <summary>The text of a list, cut into its items and the lines between them. Every chunk ends with a line ending.</summary>
internal static class ListChunks
{
    /// <summary>Whether a text can be cut: it is a block list, or has no items.</summary>
    public static bool CanCut(Section section) => section.Root switch
    {
        null => true,
        YamlSequence { Items.Count: 0 } => true,
        YamlSequence { IsFlow: false } list => list.Items.All(item => item is not YamlAlias),
        YamlScalar { Value: "" or "null" or "~" } => true,
        _ => false,
    };

    /// <summary>The chunks. An empty list has none for its brackets.</summary>
    public static IReadOnlyList<string> Of(Section section)
    {
        var text = section.Text ?? "";
        if (section.Root is not YamlSequence { IsFlow: false, Items.Count: > 0 } list)
        {
            var brackets = section.Root is { } root ? root.Span : new(0, 0);
            return Ended(text, [.. LinesOf(text[..brackets.Start]), .. LinesOf(text[Lines.Next(text, brackets.End)..])]);
        }

        var items = new BlockItems(text, list);
        List<string> chunks = [];
        var end = 0;
        if (text.StartsWith('\uFEFF'))
        {
            // A byte order mark is the text's, not the first entry's.
            chunks.Add(text[..1]);
            end = 1;
        }

        for (var i = 0; i < list.Items.Count; i++)
        {
            chunks.AddRange(LinesOf(text[end..items.StartOf(i)]));
            end = items.EndOf(i);
            chunks.Add(text[items.StartOf(i)..end]);
        }

        chunks.AddRange(LinesOf(text[end..]));
        return Ended(text, chunks);
    }

    /// <summary>The text of merged chunks, with a line ending at its end unless a change took it away.</summary>
    /// <param name="chunks">The chunks; null when they could not be merged.</param>
    /// <param name="old">The text that both changes started from.</param>
    /// <param name="mine">Our text.</param>
    /// <param name="other">Theirs.</param>
    public static string? Join(IReadOnlyList<string>? chunks, Section old, Section mine, Section other)
    {
        if (chunks is null)
        {
            return null;
        }

        var text = string.Concat(chunks);
        var isEnded = IsEnded(mine) == IsEnded(old) ? IsEnded(other) : IsEnded(mine);
        return isEnded ? text : text[..Lines.BeforeEnding(text, text.Length)];
    }

    private static bool IsEnded(Section section) => section.Text is not { Length: > 0 } text || text[^1] is '\n' or '\r';

    private static IEnumerable<string> LinesOf(string text)
    {
        for (var start = 0; start < text.Length; start = Lines.Next(text, start))
        {
            yield return text[start..Lines.Next(text, start)];
        }
    }

    private static List<string> Ended(string text, List<string> chunks)
    {
        if (chunks is [.., var last] && last[^1] is not ('\n' or '\r'))
        {
            chunks[^1] = last + Lines.Ending(text);
        }

        return chunks;
    }
}
