using AuthMap.Mappings;
using AuthMap.Yaml;
using YamlDotNet.Core;

namespace AuthMap.Documents.Splicing;

/// <summary>Changes username and groups of one entry in place.</summary>
internal sealed class FieldEditor(string text, YamlMapping entry, EntryStyle style, string lineEnding)
{
    private readonly List<Splice> _splices = [];
    private readonly List<string> _newFields = [];
    private readonly List<string> _newLines = [];

    private bool IsJson => entry.Pairs is [{ Key: YamlScalar { Style: ScalarStyle.DoubleQuoted } }, ..];

    /// <summary>Plans the splices.</summary>
    /// <param name="username">The wanted username; null leaves it.</param>
    /// <param name="current">The groups as they are decoded now.</param>
    /// <param name="groups">The wanted groups; null leaves them.</param>
    public IReadOnlyList<Splice> Plan(string? username, GroupList current, GroupList? groups)
    {
        if (username is not null)
        {
            SetUsername(username);
        }

        if (groups is not null)
        {
            SetGroups(current, groups);
        }

        if (_newFields.Count > 0)
        {
            _splices.Add(Splice.Insert(entry.Pairs[^1].Value.Span.End, string.Concat(_newFields.Select(field => ", " + field))));
        }

        if (_newLines.Count > 0)
        {
            InsertLines(BlockItems.EndOfNode(text, entry), EntryStyle.ColumnOf(text, entry.Pairs[0].Key), _newLines);
        }

        return _splices;
    }

    private void SetUsername(string username)
    {
        if (EntryFields.Value(entry, "username") is { } value)
        {
            Replace(value, ScalarWriter.Write(username, IsJson ? ScalarStyle.DoubleQuoted : EntryStyle.StyleOf(value), entry.IsFlow));
        }
        else if (entry.IsFlow)
        {
            _newFields.Add(EntryWriter.FlowField("username", EntryWriter.FlowScalar(username, IsJson), IsJson));
        }
        else
        {
            _newLines.Add($"username: {ScalarWriter.Write(username, style.Username, inFlow: false)}");
        }
    }

    private void SetGroups(GroupList current, GroupList groups)
    {
        var index = EntryFields.Find(entry, "groups");
        var value = index < 0 ? null : entry.Pairs[index].Value;
        if (value is null)
        {
            AddGroups(groups);
        }
        else if (groups.Count == 0)
        {
            DropField(index);
        }
        else if (value is YamlSequence { Items.Count: > 0 } list && list.Items.Count == current.Count && Appends(current, groups) is { } added)
        {
            ChangeList(list, current, groups, added);
        }
        else if (entry.IsFlow || value is YamlSequence { IsFlow: true })
        {
            Replace(value, EntryWriter.FlowGroups(groups, IsJson));
        }
        else
        {
            RewriteBlock(index, groups);
        }
    }

    private void AddGroups(GroupList groups)
    {
        if (groups.Count == 0)
        {
            return;
        }

        if (entry.IsFlow)
        {
            _newFields.Add(EntryWriter.FlowField("groups", EntryWriter.FlowGroups(groups, IsJson), IsJson));
        }
        else
        {
            _newLines.AddRange(EntryWriter.GroupLines(groups, style));
        }
    }

    // The wanted groups are what is kept, in order, and then what is new: then lines of kept groups need no touch.
    private static List<string>? Appends(GroupList current, GroupList groups)
    {
        var kept = current.Where(groups.Contains).ToList();
        return groups.Take(kept.Count).SequenceEqual(kept) ? [.. groups.Skip(kept.Count)] : null;
    }

    private void ChangeList(YamlSequence list, GroupList current, GroupList groups, List<string> added)
    {
        if (list.IsFlow)
        {
            var asJson = IsJson || list.Items.All(item => item is YamlScalar { Style: ScalarStyle.DoubleQuoted });
            _splices.Add(FlowItems.Rewrite(
                text,
                list,
                i => groups.Contains(current[i]),
                [.. added.Select(group => EntryWriter.FlowScalar(group, asJson))]));
            return;
        }

        var items = new BlockItems(text, list);
        for (var i = 0; i < current.Count; i++)
        {
            if (!groups.Contains(current[i]))
            {
                _splices.Add(Splice.Delete(items.StartOf(i), items.EndOf(i)));
            }
        }

        var own = style.WithGroupLayoutOf(text, entry) with { Group = EntryStyle.StyleOf(list.Items[^1]), GroupOffset = 0 };
        InsertLines(items.EndOf(current.Count - 1), items.Column, added.Select(group => EntryWriter.GroupLine(group, own)));
    }

    // Something that is no list (a string, an alias, nothing): the list goes below the key.
    private void RewriteBlock(int index, GroupList groups)
    {
        var (key, value) = entry.Pairs[index];
        if (value is YamlSequence)
        {
            throw new CannotSpliceException(key.Span.Start, "its groups would have to be written in another order");
        }

        var colon = text.IndexOf(':', key.Span.End);
        if (value.Span.End > value.Span.Start)
        {
            _splices.Add(Splice.Delete(colon + 1, value.Span.End));
        }

        InsertLines(
            BlockItems.EndOfNode(text, value),
            EntryStyle.ColumnOf(text, key),
            EntryWriter.GroupLines(groups, style).Skip(1));
    }

    private void DropField(int index)
    {
        var (key, value) = entry.Pairs[index];
        if (entry.IsFlow)
        {
            DropFlowField(index);
            return;
        }

        var lineStart = Lines.Start(text, key.Span.Start);
        if (Lines.FirstNonSpace(text, lineStart) == key.Span.Start)
        {
            _splices.Add(Splice.Delete(lineStart, BlockItems.EndOfNode(text, value)));
        }
        else if (index + 1 < entry.Pairs.Count
            && entry.Pairs[index + 1].Key.Span.Start is var next
            && text.AsSpan(value.Span.End, next - value.Span.End).IndexOfAnyExcept(" \r\n") < 0)
        {
            // The key shares its line with the dash: the next key moves up.
            _splices.Add(Splice.Delete(key.Span.Start, next));
        }
        else if (value is YamlSequence { IsFlow: false, Items.Count: > 0 } list)
        {
            var colon = text.IndexOf(':', key.Span.End);
            _splices.Add(Splice.Insert(colon + 1, " []"));
            _splices.Add(Splice.Delete(new BlockItems(text, list).StartOf(0), BlockItems.EndOfNode(text, value)));
        }
        else
        {
            Replace(value, "[]");
        }
    }

    private void Replace(YamlNode value, string written)
    {
        var afterColon = value.Span.Length == 0 && value.Span.Start > 0 && text[value.Span.Start - 1] == ':';
        _splices.Add(new Splice(value.Span, afterColon ? " " + written : written));
    }

    private void DropFlowField(int index)
    {
        var (key, value) = entry.Pairs[index];
        var gap = index > 0
            ? new TextSpan(entry.Pairs[index - 1].Value.Span.End, value.Span.End)
            : new TextSpan(key.Span.Start, entry.Pairs.Count > 1 ? entry.Pairs[1].Key.Span.Start : value.Span.End);
        if (text.AsSpan(gap.Start, gap.Length).Contains('#'))
        {
            throw new CannotSpliceException(key.Span.Start, "a comment within braces would be lost");
        }

        _splices.Add(Splice.Delete(gap.Start, gap.End));
    }

    private void InsertLines(int offset, int column, IEnumerable<string> lines)
    {
        var written = lines.Select(line => new string(' ', column) + line).ToList();
        if (written.Count > 0)
        {
            _splices.Add(Splice.Insert(offset, LineBlock.For(text, offset, written, lineEnding)));
        }
    }
}
