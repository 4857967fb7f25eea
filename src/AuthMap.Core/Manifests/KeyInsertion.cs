using AuthMap.Documents;
using AuthMap.Documents.Splicing;
using YamlDotNet.Core;

namespace AuthMap.Manifests;

/// <summary>Ways to add a key to the ConfigMap's <c>data</c>, the best place first.</summary>
internal static class KeyInsertion
{
    public static IEnumerable<Candidate> Candidates(
        SourceText source, YamlMapping root, ConfigMapData data, int unit, string key, string value)
    {
        if (data.Mapping is { Pairs.Count: > 0 } mapping)
        {
            return mapping.Flow
                ? [new([IntoFlow(source, mapping, After(data, key), key, value)])]
                : IntoBlock(source, data, mapping, unit, key, value);
        }

        if (root.Flow)
        {
            return FirstInFlow(source, root, data, key, value);
        }

        return data.Node is null
            ? WithoutData(source, root, unit, key, value)
            : EmptyData(source, root, data.Node, unit, key, value);
    }

    private static IEnumerable<Candidate> IntoBlock(
        SourceText source, ConfigMapData data, YamlMapping mapping, int unit, string key, string value)
    {
        var indent = ValueEdit.IndentOf(source, mapping);
        int[] places =
        [
            ContentEnd(source, After(data, key).Value),
            ContentEnd(source, mapping),

            // A last value without a line break would get one from whatever comes behind it.
            source.LineStart(mapping.Pairs[0].Key.Start),
        ];
        return
            from place in places
            from lines in Lines(source, place, indent, unit, key, value)
            select new Candidate([lines]);
    }

    /// <summary>The pair behind which a key belongs: the last of those that authmap knows, else the last one.</summary>
    private static KeyValuePair<YamlNode, YamlNode> After(ConfigMapData data, string key)
    {
        var known = SectionKeys.All.Select(SectionKeys.Name).Where(name => name != key).ToList();
        var pairs = data.Mapping!.Pairs;
        var last = pairs.FindLastIndex(pair => pair.Key.Resolved is YamlScalar name && known.Contains(name.Value));
        return pairs[last >= 0 ? last : pairs.Count - 1];
    }

    private static IEnumerable<Candidate> WithoutData(SourceText source, YamlMapping root, int unit, string key, string value)
    {
        var (place, indent) = (ContentEnd(source, root), ValueEdit.IndentOf(source, root));
        var lineBreak = source.LineBreakAt(place);
        return
            from lines in Lines(source, place, indent + unit, unit, key, value)
            let open = source.EndsOpen(place) ? lineBreak : ""
            let header = $"{open}{new string(' ', indent)}data:{lineBreak}"
            select new Candidate([lines with { Text = header + lines.Text[open.Length..] }]);
    }

    /// <summary><c>data:</c>, <c>data: {}</c> or <c>data: null</c>: what stands behind the colon goes, a comment stays.</summary>
    private static IEnumerable<Candidate> EmptyData(
        SourceText source, YamlMapping root, YamlNode node, int unit, string key, string value)
    {
        var (start, end) = (node.Start, node.End);
        if (source.Text.AsSpan(start, end - start).Contains('\n'))
        {
            // There may be a comment between the braces.
            var brace = source.Text.IndexOf('{', start) + 1;
            return [new([new(brace, brace, $"{Key(key, quoted: false)}: {QuotedText.Quote(value)}")])];
        }

        while (start > 0 && source.Text[start - 1] == ' ')
        {
            start--;
        }

        var place = source.NextLineStart(end);
        return
            from lines in Lines(source, place, ValueEdit.IndentOf(source, root) + unit, unit, key, value)
            select new Candidate([new(start, end, ""), lines]);
    }

    private static IEnumerable<Candidate> FirstInFlow(
        SourceText source, YamlMapping root, ConfigMapData data, string key, string value)
    {
        var like = data.Node is null ? root.Pairs[^1] : root.Named("data").Single();
        var quoted = like.Key is YamlScalar { Style: ScalarStyle.DoubleQuoted };
        var entry = $"{{{Key(key, quoted)}: {QuotedText.Quote(value)}}}";
        if (data.Node is null)
        {
            yield return new([IntoFlow(source, root, like, "data", entry, isText: false)]);
        }
        else
        {
            yield return new([new(data.Node.Start, data.Node.End, data.Node.Start == data.Node.End ? $" {entry}" : entry)]);
        }
    }

    /// <summary>Another pair of a flow mapping, set out as its neighbour is.</summary>
    private static Splice IntoFlow(
        SourceText source,
        YamlMapping mapping,
        KeyValuePair<YamlNode, YamlNode> after,
        string key,
        string value,
        bool isText = true)
    {
        var neighbour = after.Key;
        var lineStart = source.LineStart(neighbour.Start);
        var before = source.Text[lineStart..neighbour.Start];
        var gap = before.All(char.IsWhiteSpace) && lineStart > mapping.Start ? source.LineBreakAt(neighbour.Start) + before : " ";
        var colon = source.Text[neighbour.End..Math.Max(neighbour.End, after.Value.Start)];
        colon = colon.TrimEnd().EndsWith(':') && !colon.Contains('\n', StringComparison.Ordinal) ? colon : ": ";
        gap = gap == " " && colon == ":" ? "" : gap;
        var name = Key(key, neighbour is YamlScalar { Style: ScalarStyle.DoubleQuoted });
        colon = colon == ":" && name[0] != '"' ? ": " : colon;
        return new(after.Value.End, after.Value.End, $",{gap}{name}{colon}{(isText ? QuotedText.Quote(value) : value)}");
    }

    private static IEnumerable<Splice> Lines(SourceText source, int place, int indent, int unit, string key, string value)
    {
        var lineBreak = source.LineBreakAt(place);
        var start = $"{(source.EndsOpen(place) ? lineBreak : "")}{new string(' ', indent)}{Key(key, quoted: false)}: ";
        if (LiteralText.CanHold(value))
        {
            var body = LiteralText.Body(value, indent + unit, lineBreak);
            yield return new(place, place, $"{start}{LiteralText.Header(value, unit)}{lineBreak}{body}");
        }

        yield return new(place, place, $"{start}{QuotedText.Quote(value)}{lineBreak}");
    }

    private static string Key(string key, bool quoted) => quoted || !PlainScalar.IsSafeKey(key) ? QuotedText.Quote(key) : key;

    /// <summary>
    /// The start of the line behind a node of block style: behind its trailing comment, before blank lines and comments that
    /// follow it.
    /// </summary>
    private static int ContentEnd(SourceText source, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping { Flow: false, Pairs: [.., var last] }:
                return ContentEnd(source, last.Value);
            case YamlSequence { Items: [.., var item] } sequence when sequence.End == item.End:
                return ContentEnd(source, item);
            case YamlScalar { IsBlock: true } scalar:
                var header = ValueEdit.TokenOf(source, scalar).Start;
                var indicators = source.Text[header..source.LineContentEnd(header)].Split('#')[0];
                var keeps = indicators.Contains('+', StringComparison.Ordinal);
                var content = keeps ? scalar.End : header + source.Text.AsSpan(header, scalar.End - header).TrimEnd(" \t\r\n").Length;
                return keeps ? content : source.NextLineStart(content - 1);
            default:
                return source.NextLineStart(node.End == node.Start ? node.Start : node.End - 1);
        }
    }
}
