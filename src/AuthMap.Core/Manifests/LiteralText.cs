using System.Text;
using AuthMap.Documents.Splicing;

namespace AuthMap.Manifests;

/// <summary>Writes text as a literal block scalar.</summary>
internal static class LiteralText
{
    /// <summary>Whether a literal block can hold this text: it knows no escapes, and blanks alone are lost in it.</summary>
    public static bool CanHold(string text) => text.AsSpan().ContainsAnyExcept(" \t\n") && text.All(c => c == '\n' || IsPlain(c));

    /// <summary>Whether a character can stand in the file as it is, and is not a line break to any reader of YAML.</summary>
    public static bool IsPlain(char c) =>
        c is '\t' or (>= ' ' and <= '~') or (>= '\xa0' and not ('\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff'));

    /// <summary>The chomping indicator with which the text keeps exactly its final line breaks.</summary>
    public static string ChompingFor(string text) => text switch
    {
        [.., '\n', '\n'] => "+",
        [.., '\n'] => "",
        _ => "-",
    };

    /// <summary>Whether the first line would mislead a reader that has to guess the indentation.</summary>
    public static bool NeedsIndicator(string text) => text[0] is ' ' or '\t' or '\n';

    /// <summary>A header for the text.</summary>
    public static string Header(string text, int unit) => $"|{(NeedsIndicator(text) ? unit : "")}{ChompingFor(text)}";

    /// <summary>The text's lines, as many as a block with that chomping spells out.</summary>
    public static string[] Lines(string text, bool keep)
    {
        var end = keep && text is [.., '\n'] ? text.Length - 1 : keep ? text.Length : text.AsSpan().TrimEnd('\n').Length;
        return text[..end].Split('\n');
    }

    /// <summary>All lines, indented, each with a line break.</summary>
    public static string Body(string text, int indent, string lineBreak)
    {
        using var body = new StringWriter(new StringBuilder(text.Length + (text.Length / 4)));
        WriteBody(body, text, indent, lineBreak);
        return body.ToString();
    }

    /// <summary>Writes all lines, indented, each with a line break.</summary>
    public static void WriteBody(TextWriter body, string text, int indent, string lineBreak)
    {
        var blanks = new string(' ', indent);
        var lines = text.AsSpan();
        foreach (var line in (text is [.., '\n', '\n'] ? lines[..^1] : lines.TrimEnd('\n')).Split('\n'))
        {
            body.Write(lines[line].IsEmpty ? "" : blanks);
            body.Write(lines[line]);
            body.Write(lineBreak);
        }
    }

    /// <summary>
    /// The splices that give an existing literal block another text and leave the lines that both have, and the header as far as
    /// it still fits, byte for byte. Null when that is not possible.
    /// </summary>
    public static IReadOnlyList<Splice>? Rewrite(
        SourceText source, BlockScalar block, int parentIndent, string oldText, string newText)
    {
        if (!CanHold(newText)
            || block.LiteralValue() != oldText
            || Header(block, parentIndent, oldText, newText) is not { } header)
        {
            return null;
        }

        var keep = header.Contains('+', StringComparison.Ordinal);
        var oldSpans = block.Lines.Take(keep ? block.Lines.Count : block.SignificantLines).ToList();
        var newLines = Lines(newText, keep);
        var origin = LineAlignment.Align([.. oldSpans.Select(block.LineText)], newLines);
        var lineBreak = source.LineBreakAt(block.BodyStart);
        var body = new StringBuilder();
        for (var i = 0; i < newLines.Length; i++)
        {
            if (origin[i] >= 0)
            {
                body.Append(source.Text.AsSpan(oldSpans[origin[i]].Start, oldSpans[origin[i]].Length));
                body.Append(body[^1] == '\n' ? "" : lineBreak);
            }
            else
            {
                body.Append(' ', newLines[i].Length == 0 ? 0 : block.Indent).Append(newLines[i]).Append(lineBreak);
            }
        }

        var end = block.EndOf(oldSpans.Count);
        if (newText is not [.., '\n'] && source.EndsOpen(end))
        {
            body.Length -= lineBreak.Length;
        }

        return
        [
            new(block.Header.Start, block.Header.End, header),
            new(block.BodyStart, end, (source.EndsOpen(block.BodyStart) ? lineBreak : "") + body),
        ];
    }

    /// <summary>The old header with no more changed than the new text needs; null when the block must be indented anew.</summary>
    private static string? Header(BlockScalar block, int parentIndent, string oldText, string newText)
    {
        if (block.ContentLines == 0 && !block.ExplicitIndent)
        {
            return null;
        }

        var unit = block.Indent - parentIndent;
        var addIndicator = !block.ExplicitIndent && NeedsIndicator(newText) && FirstLines(oldText) != FirstLines(newText);
        if (addIndicator && unit > 9)
        {
            return null;
        }

        var chomping = ChompingFor(newText) switch
        {
            "" when block.Chomping == '+' => "+",
            "-" when block.Chomping is null && oldText is not [.., '\n'] => "",
            var needed => needed,
        };
        var indicator = block.ExplicitIndent || addIndicator ? $"{unit}" : "";

        // With both indicators, either order is right; the one that stands in the file stays.
        return block.ExplicitIndent && block.Chomping is not null && chomping.Length > 0 && block.ChompingFirst
            ? $"|{chomping}{indicator}"
            : $"|{indicator}{chomping}";
    }

    /// <summary>What a reader looks at to find the indentation: everything up to the first line that is not blank.</summary>
    private static string FirstLines(string text)
    {
        var content = text.AsSpan().IndexOfAnyExcept(' ', '\n');
        var end = content < 0 ? -1 : text.IndexOf('\n', content);
        return end < 0 ? text : text[..end];
    }
}
