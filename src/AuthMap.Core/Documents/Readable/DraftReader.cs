using AuthMap.Authenticator;
using AuthMap.Yaml;
using YamlDotNet.Core;

namespace AuthMap.Documents.Readable;

/// <summary>Reads a draft: which text each key has in it.</summary>
/// <param name="texts">The texts that it was made from.</param>
/// <param name="shown">The readable map that the person was shown.</param>
internal sealed class DraftReader(MapTexts texts, string shown)
{
    private static readonly string _names = string.Join(", ", SectionKeys.All.Select(key => key.Name()));

    public ReadableDraft Read(string body)
    {
        var draft = new ReadableDraft(body);
        var root = YamlComposer.Compose(body, out var fault);
        if (fault is not null)
        {
            return draft with { Faults = [new(fault.Position, fault.Message)] };
        }

        if (root is null)
        {
            return draft with { IsEmpty = true };
        }

        if (FindFaults(body, root) is [_, ..] faults)
        {
            return draft with { Faults = faults };
        }

        var before = Blocks(shown).ToDictionary(block => block.Key);
        var blocks = DraftBlock.Divide(body, (YamlMapping)root);
        draft = draft with { Lines = blocks.ToDictionary(block => block.Key, PlacesOf) };
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        List<DraftFault> found = [];
        foreach (var block in blocks)
        {
            var old = texts.Data.GetValueOrDefault(block.Key.Name());
            var same = block.IsSameAs(before.GetValueOrDefault(block.Key));
            var text = same ? old! : TextOf(block, LinesOf(block), old ?? "");
            data.Add(block.Key.Name(), text);
            found.AddRange(same ? [] : Check(block, text, draft));
        }

        foreach (var key in SectionKeys.All.Where(key => texts.Data.ContainsKey(key.Name()) && !data.ContainsKey(key.Name())))
        {
            var text = texts.Data[key.Name()];
            var wasEmpty = Decoder.Decode(key, text) is { Entries: [], Faults: [] };
            data.Add(key.Name(), wasEmpty ? text : "[]" + (DraftText.EndingOf(text) ?? "\n"));
        }

        return found.Count > 0 ? draft with { Faults = found } : draft with { Texts = new(data) };
    }

    private static IReadOnlyList<DraftBlock> Blocks(string body) =>
        YamlComposer.Compose(body, out _) is YamlMapping root ? DraftBlock.Divide(body, root) : [];

    private static List<DraftFault> FindFaults(string body, YamlNode root)
    {
        if (root is not YamlMapping { IsFlow: false } map)
        {
            return [new(root.Position, $"the lists have to stand below their keys: {_names}")];
        }

        var faults = new List<DraftFault>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, _) in map.Pairs)
        {
            var name = (key as YamlScalar)?.Value ?? "this";
            if (!SectionKeys.All.Any(known => known.Name() == name) || key.HasProperties)
            {
                faults.Add(new(key.Position, $"{name} is no key of aws-auth; its keys are {_names}"));
            }
            else if (!names.Add(name))
            {
                faults.Add(new(key.Position, $"{name} is there a second time"));
            }
        }

        if (DraftBlock.FindTextBehind(body, map) is { } position)
        {
            faults.Add(new(position, "the map has ended above; nothing may stand here"));
        }

        return faults;
    }

    // As deep as the person's first line with content stands, minus as deep as it stood in the text: so deep are all indented.
    private IReadOnlyList<DraftLine> LinesOf(DraftBlock block)
    {
        if (block.IsString)
        {
            var value = (YamlScalar)block.Value;
            return value.Style is ScalarStyle.Literal or ScalarStyle.Folded
                ? [.. block.Lines.Where(line => line.Number > value.Position.Line).Select(line => line with { Indent = ReadableSection.Indent })]
                : [new("", "", value.Position.Line, value.Position.Column)];
        }

        var old = texts.Data.GetValueOrDefault(block.Key.Name(), "");
        var isInline = block.Lines.FirstOrDefault(line => DraftText.IsContent(line.Text)) is { Indent: > 0 };
        var own = DraftText.IndentOf(DraftText.Lines(old[DraftText.PrologueOf(old).Length..]));
        var indent = isInline
            ? ReadableSection.Indent
            : Math.Max(0, DraftText.IndentOf(block.Lines.Where(line => line.Indent == 0).Select(line => line.Text)) - own);
        return
        [
            .. block.Lines.Select(line => (Line: line, Removed: line.Indent > 0 ? 0 : Math.Min(indent, DraftText.Spaces(line.Text))))
                .Select(cut => cut.Line with { Text = cut.Line.Text[cut.Removed..], Indent = cut.Line.Indent + cut.Removed }),
        ];
    }

    // A line that is not shown is looked for at the key.
    private IReadOnlyList<DraftLine> PlacesOf(DraftBlock block) =>
        !block.IsString && DraftText.PrologueOf(texts.Data.GetValueOrDefault(block.Key.Name(), "")).EndsWith('\n')
            ? [new("", "", block.Value.Position.Line, 0), .. LinesOf(block)]
            : LinesOf(block);

    private static string TextOf(DraftBlock block, IReadOnlyList<DraftLine> lines, string old)
    {
        if (block.IsString)
        {
            return ((YamlScalar)block.Value).Value;
        }

        // A text's own way are: how it starts, an ending that all its lines have, and blank lines at its end.
        var ending = old.Length == 0 ? "\n" : DraftText.EndingOf(old);
        List<string> kept =
        [
            DraftText.PrologueOf(old),
            .. DraftBlock.Significant(lines).Select(line => line.Text + (ending ?? (line.Ending.Length > 0 ? line.Ending : "\n"))),
            .. lines.Any(line => DraftText.IsContent(line.Text)) ? [] : (string[])["[]" + (ending ?? "\n")],
            .. DraftText.Lines(old).Reverse().TakeWhile(DraftText.IsBlank).Reverse(),
        ];

        // So is a last line without an ending, unless it is a block scalar now that needs one.
        var text = string.Concat(kept);
        return old.Length > 0 && !old.EndsWith('\n') && MeansTheSame(block, DraftText.Bare(text)) ? DraftText.Bare(text) : text;
    }

    private static IEnumerable<DraftFault> Check(DraftBlock block, string text, ReadableDraft draft)
    {
        var name = block.Key.Name();
        if (block.IsString && block.Lines.FirstOrDefault(line => DraftText.IsComment(line.Text) && !IsInside(line, block.Value, draft.Body)) is { } comment)
        {
            yield return new(
                new(comment.Number, comment.Indent + 1), $"this comment would be lost; put it into the text of {name}, or below another key");
        }

        if (Decoder.Decode(block.Key, text).Fatal is { } fatal)
        {
            yield return new(draft.Place(block.Key, fatal.Position), $"{name} cannot be read: {fatal.Message}");
        }
        else if (!block.IsString && !MeansTheSame(block, text))
        {
            yield return new(block.Value.Position, $"{name} would not be read as it looks here; write it in a plainer way");
        }
    }

    private static bool IsInside(DraftLine line, YamlNode value, string body) =>
        line.Number >= value.Position.Line && line.Number <= TextPositions.At(body, value.Span.End).Line;

    // Nothing at all stands for an empty list here.
    private static bool MeansTheSame(DraftBlock block, string text) =>
        YamlLikeness.Holds(block.Value, null) || YamlLikeness.Holds(block.Value, YamlComposer.Compose(text, out _));
}
