using AuthMap.Documents;

namespace AuthMap.Manifests;

/// <summary>A file's text (without its byte order mark), with offsets turned into lines and columns and back.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    public SourceText(string text, string fileName)
    {
        Text = text;
        FileName = fileName;
        for (var at = text.IndexOf('\n'); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            _lineStarts.Add(at + 1);
        }
    }

    public string Text { get; }

    public string FileName { get; }

    /// <summary>The number, from 0, of the line that holds this offset.</summary>
    public int LineAt(int offset)
    {
        var found = _lineStarts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }

    public int LineStart(int offset) => _lineStarts[LineAt(offset)];

    /// <summary>Where the next line starts, or the end of the text.</summary>
    public int NextLineStart(int offset)
    {
        var next = LineAt(offset) + 1;
        return next < _lineStarts.Count ? _lineStarts[next] : Text.Length;
    }

    /// <summary>How far the offset is from the start of its line.</summary>
    public int ColumnAt(int offset) => offset - LineStart(offset);

    public TextPosition PositionOf(int offset)
    {
        var line = LineAt(offset);
        return new(line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>The offset of a place; a place outside the text becomes the nearest one inside.</summary>
    public int OffsetOf(TextPosition position)
    {
        var line = Math.Clamp(position.Line, 1, _lineStarts.Count) - 1;
        var end = line + 1 < _lineStarts.Count ? _lineStarts[line + 1] - 1 : Text.Length;
        return Math.Clamp(_lineStarts[line] + position.Column - 1, _lineStarts[line], end);
    }

    /// <summary>The end of a line without its line break.</summary>
    public int LineContentEnd(int offset)
    {
        var end = NextLineStart(offset);
        if (end > 0 && Text[end - 1] == '\n' && end > LineStart(offset))
        {
            end--;
            end -= end > LineStart(offset) && Text[end - 1] == '\r' ? 1 : 0;
        }

        return end;
    }

    /// <summary>The line break to write at a place: that of the nearest line above, else of the first one below.</summary>
    public string LineBreakAt(int offset)
    {
        var at = offset > 0 ? Text.LastIndexOf('\n', offset - 1) : -1;
        at = at >= 0 ? at : Text.IndexOf('\n');
        return at > 0 && Text[at - 1] == '\r' ? "\r\n" : "\n";
    }

    /// <summary>Whether the offset is the end of a text whose last line has no line break.</summary>
    public bool EndsOpen(int offset) => offset == Text.Length && Text is not ([] or [.., '\n']);

    /// <summary>A refusal that points at a place in the file.</summary>
    public AuthMapException Refuse(int offset, string message, string? hint = null) => Refuse(PositionOf(offset), message, hint);

    /// <summary>A refusal that points at a place in the file.</summary>
    public AuthMapException Refuse(TextPosition position, string message, string? hint = null, Exception? cause = null) =>
        new(new Failure(FailureKind.Refused, $"{FileName}:{position}: {message}", Excerpt(position), hint), cause);

    private string[] Excerpt(TextPosition position)
    {
        const int Width = 100;
        var offset = OffsetOf(position);
        var start = LineStart(offset);
        var from = Math.Max(start, offset - (Width / 2));
        var line = Text[from..Math.Min(LineContentEnd(offset), from + Width)];
        if (line.Trim().Length == 0)
        {
            return [];
        }

        var label = $"{LineAt(offset) + 1} | ";
        var shown = string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
        return [label + shown, new string(' ', label.Length + offset - from) + "^"];
    }
}
