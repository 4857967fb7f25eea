using AuthMap.Yaml;
using YamlDotNet.Core;

namespace AuthMap.Documents.Readable;

/// <summary>A key of a draft and the lines that belong to it: up to the next key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Lines">The lines, without their endings: comments above the first key, what stands behind the colon, and all below.</param>
internal sealed record DraftBlock(SectionKey Key, YamlNode Value, IReadOnlyList<DraftLine> Lines)
{
    /// <summary>Whether the value is a string that holds the text, and not the list itself.</summary>
    public bool IsString => Value is YamlScalar { Style: not ScalarStyle.Plain };

    /// <summary>Divides a draft.</summary>
    /// <param name="body">The draft.</param>
    /// <param name="root">Its root, a block mapping whose keys are those of aws-auth.</param>
    public static IReadOnlyList<DraftBlock> Divide(string body, YamlMapping root)
    {
        List<DraftLine> all = [.. DraftText.Lines(body).Select((line, i) => new DraftLine(DraftText.Bare(line), line[DraftText.Bare(line).Length..], i + 1, 0))];
        List<DraftBlock> blocks = [];
        for (var i = 0; i < root.Pairs.Count; i++)
        {
            var (key, value) = root.Pairs[i];
            // Other readers of YAML end lines at more characters than a line feed.
            var first = DraftText.LineAt(body, key.Span.Start);
            var end = i + 1 < root.Pairs.Count ? DraftText.LineAt(body, root.Pairs[i + 1].Key.Span.Start) : all.Count + 1;
            var colon = body.IndexOf(':', key.Span.End) + 1 - (body.LastIndexOf('\n', key.Span.Start) + 1);
            var line = all[first - 1];
            var behind = line.Text[Math.Min(colon, line.Text.Length)..].TrimStart();
            blocks.Add(new(
                SectionKeys.All.Single(known => known.Name() == ((YamlScalar)key).Value),
                value,
                [
                    .. i == 0 ? all.Take(first - 1).Where(above => DraftText.IsComment(above.Text)) : [],
                    .. behind.Length > 0 ? [line with { Text = behind, Indent = line.Text.Length - behind.Length }] : (DraftLine[])[],
                    .. all.Skip(first).Take(end - first - 1),
                ]));
        }

        return blocks;
    }

    /// <summary>Where something stands behind the mapping that a reader of one document would not see; null when nothing does.</summary>
    public static TextPosition? FindTextBehind(string body, YamlMapping root)
    {
        var end = root.Span.End;
        for (var at = Splicing.Lines.IsStart(body, end) ? end : Splicing.Lines.Next(body, end); at < body.Length; at = Splicing.Lines.Next(body, at))
        {
            if (DraftText.IsContent(body[at..Splicing.Lines.End(body, at)]))
            {
                return TextPositions.At(body, at);
            }
        }

        return null;
    }

    /// <summary>Whether the lines are the same but for blank ones at the end.</summary>
    public bool IsSameAs(DraftBlock? other) => other is not null
        && Significant(Lines).Select(line => line.Text).SequenceEqual(Significant(other.Lines).Select(line => line.Text), StringComparer.Ordinal);

    /// <summary>The lines without the blank ones at the end.</summary>
    public static IEnumerable<DraftLine> Significant(IReadOnlyList<DraftLine> lines) =>
        lines.Take(lines.Count - lines.Reverse().TakeWhile(line => DraftText.IsBlank(line.Text)).Count());
}
