using AuthMap.Yaml;

namespace AuthMap.Documents.Splicing;

/// <summary>The items of a block list with their dashes and lines.</summary>
internal sealed class BlockItems
{
    private readonly string _text;

    public BlockItems(string text, YamlSequence list)
    {
        _text = text;
        List = list;
        Dashes = [.. list.Items.Select(FindDash)];
        Column = Dashes[0] - Lines.Start(text, Dashes[0]);
    }

    /// <summary>The list; it has items.</summary>
    public YamlSequence List { get; }

    /// <summary>The offsets of the dashes.</summary>
    public IReadOnlyList<int> Dashes { get; }

    /// <summary>How many characters stand before a dash.</summary>
    public int Column { get; }

    /// <summary>The start of an item's first line.</summary>
    public int StartOf(int index) => Lines.Start(_text, Dashes[index]);

    /// <summary>The end of an item's last line of content, its comment and line ending included.</summary>
    public int EndOf(int index) => EndOfNode(_text, List.Items[index]);

    /// <summary>The end of a node's last line of content, its comment and line ending included.</summary>
    public static int EndOfNode(string text, YamlNode node)
    {
        // A scalar that keeps its trailing line breaks ends behind them.
        var end = node.Span.End;
        return end > node.Span.Start && text[end - 1] is '\n' or '\r' ? end : Lines.Next(text, end);
    }

    /// <summary>Where a further item goes: behind the last one and the comments that are indented under it.</summary>
    public int InsertionPoint()
    {
        var point = EndOf(List.Items.Count - 1);
        while (point < _text.Length && Lines.IsStart(_text, point))
        {
            var first = Lines.FirstNonSpace(_text, point);
            if (first - point <= Column || first == _text.Length || _text[first] != '#')
            {
                break;
            }

            point = Lines.Next(_text, point);
        }

        return point;
    }

    /// <summary>
    /// The start of the comment that belongs to an item and goes with it: the comment lines directly above, at its indentation,
    /// unless they open the list or look like an entry that somebody commented out. Without one, the start of the item.
    /// </summary>
    public int StartWithComment(int index)
    {
        var start = StartOf(index);
        var top = start;
        while (Above(top) is { } line && IsCommentAt(line))
        {
            if (_text.AsSpan(line + Column + 1).TrimStart(' ') is ['-', ' ', ..])
            {
                return start;
            }

            top = line;
        }

        return index > 0 || (Above(top) is { } first && Lines.End(_text, first) == Lines.FirstNonSpace(_text, first)) ? top : start;
    }

    /// <summary>The lines of an item, its own comment included.</summary>
    public Splice Remove(int index) => Splice.Delete(StartWithComment(index), EndOf(index));

    private int? Above(int lineStart) => lineStart > 0 && Lines.BeforeEnding(_text, lineStart) is var end && end < lineStart
        ? Lines.Start(_text, end)
        : null;

    private bool IsCommentAt(int lineStart)
    {
        var first = Lines.FirstNonSpace(_text, lineStart);
        return first - lineStart == Column && first < _text.Length && _text[first] == '#';
    }

    // The parser does not report dashes: the item's own line has it before the item, or a line above does, alone.
    private int FindDash(YamlNode item)
    {
        for (var i = item.Span.Start - 1; i >= 0; i--)
        {
            if (_text[i] == '-')
            {
                return i;
            }

            if (_text[i] != ' ')
            {
                break;
            }
        }

        for (var line = Above(Lines.Start(_text, item.Span.Start)); line is { } start; line = Above(start))
        {
            var first = Lines.FirstNonSpace(_text, start);
            if (first < _text.Length && _text[first] == '-')
            {
                return first;
            }
        }

        throw new CannotSpliceException(item.Span.Start, "the dash of this entry was not found");
    }
}
