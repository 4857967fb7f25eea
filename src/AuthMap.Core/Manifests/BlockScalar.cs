using AuthMap.Documents;

namespace AuthMap.Manifests;

/// <summary>A literal or folded scalar (<c>|</c>, <c>></c>) as it stands in the file: its header and its lines.</summary>
internal sealed class BlockScalar
{
    private readonly SourceText _source;

    private BlockScalar(
        SourceText source, TextSpan header, int bodyStart, int indent, char? chomping, bool explicitIndent, List<TextSpan> lines)
    {
        _source = source;
        Header = header;
        BodyStart = bodyStart;
        Indent = indent;
        Chomping = chomping;
        ExplicitIndent = explicitIndent;
        Lines = lines;
        ContentLines = lines.FindLastIndex(line => LineText(line).Length > 0) + 1;
    }

    /// <summary>The indicators, without a comment behind them.</summary>
    public TextSpan Header { get; }

    public int BodyStart { get; }

    /// <summary>How many spaces stand before each line.</summary>
    public int Indent { get; }

    /// <summary><c>-</c> strips the final line breaks, <c>+</c> keeps all; without either, one is kept.</summary>
    public char? Chomping { get; }

    public bool ExplicitIndent { get; }

    /// <summary>Whether the chomping indicator stands before that of the indentation.</summary>
    public bool ChompingFirst => Header.Length > 1 && _source.Text[Header.Start + 1] is '+' or '-';

    /// <summary>The lines, line breaks included, with the blank ones at the end.</summary>
    public IReadOnlyList<TextSpan> Lines { get; }

    /// <summary>How many lines there are without the blank ones at the end.</summary>
    public int ContentLines { get; }

    /// <summary>How many lines say something: with <c>+</c>, the blank ones at the end do.</summary>
    public int SignificantLines => Chomping == '+' ? Lines.Count : ContentLines;

    /// <summary>Where a number of lines end.</summary>
    public int EndOf(int lines) => lines == 0 ? BodyStart : Lines[lines - 1].End;

    /// <summary>A line's text without its indentation and line break.</summary>
    public string LineText(TextSpan line)
    {
        var end = line.End;
        end -= end > line.Start && _source.Text[end - 1] == '\n' ? 1 : 0;
        end -= end > line.Start && _source.Text[end - 1] == '\r' ? 1 : 0;
        return line.Start + Indent < end ? _source.Text[(line.Start + Indent)..end] : "";
    }

    /// <summary>The value of a literal scalar with these lines.</summary>
    public string LiteralValue()
    {
        var text = string.Join('\n', Lines.Take(SignificantLines).Select(LineText));
        var broken = SignificantLines > 0 && _source.Text[Lines[SignificantLines - 1].End - 1] == '\n';
        return broken && Chomping != '-' ? text + "\n" : text;
    }

    /// <summary>Reads a block scalar.</summary>
    /// <param name="source">The file.</param>
    /// <param name="start">The offset of its <c>|</c> or <c>></c>.</param>
    /// <param name="parentIndent">The column of the mapping that holds it.</param>
    public static BlockScalar Read(SourceText source, int start, int parentIndent)
    {
        var (text, at) = (source.Text, start + 1);
        char? chomping = null;
        int? explicitIndent = null;
        for (; at < text.Length && text[at] is '+' or '-' or (>= '1' and <= '9'); at++)
        {
            if (text[at] is '+' or '-')
            {
                chomping = text[at];
            }
            else
            {
                explicitIndent = text[at] - '0';
            }
        }

        var bodyStart = source.NextLineStart(start);
        var indent = parentIndent + (explicitIndent ?? DetectIndent(source, bodyStart, parentIndent));
        var lines = new List<TextSpan>();
        for (var line = bodyStart; line < text.Length; line = lines[^1].End)
        {
            var spaces = SpacesAt(text, line);
            if (spaces < indent && line + spaces < source.LineContentEnd(line))
            {
                break;
            }

            lines.Add(new(line, source.NextLineStart(line)));
        }

        return new(source, new(start, at), bodyStart, indent, chomping, explicitIndent is not null, lines);
    }

    private static int DetectIndent(SourceText source, int bodyStart, int parentIndent)
    {
        var widest = 1;
        for (var line = bodyStart; line < source.Text.Length; line = source.NextLineStart(line))
        {
            var spaces = SpacesAt(source.Text, line);
            widest = Math.Max(widest, spaces - parentIndent);
            if (line + spaces < source.LineContentEnd(line))
            {
                break;
            }
        }

        return widest;
    }

    private static int SpacesAt(string text, int start)
    {
        var at = start;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at - start;
    }
}
