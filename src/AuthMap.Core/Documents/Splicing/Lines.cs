namespace AuthMap.Documents.Splicing;

/// <summary>Lines of a text by offset; CR LF, LF and a lone CR each end a line.</summary>
internal static class Lines
{
    /// <summary>The line ending that the text uses: that of its first line.</summary>
    public static string Ending(string text) => text.AsSpan().IndexOfAny('\r', '\n') switch
    {
        < 0 => "\n",
        var i when text[i] == '\n' => "\n",
        var i => i + 1 < text.Length && text[i + 1] == '\n' ? "\r\n" : "\r",
    };

    /// <summary>The offset of the first character of the line that holds an offset; a byte order mark is not part of it.</summary>
    public static int Start(string text, int offset)
    {
        var start = text.AsSpan(0, offset).LastIndexOfAny('\r', '\n') + 1;
        return start == 0 && text.StartsWith('\uFEFF') ? Math.Min(1, offset) : start;
    }

    /// <summary>The offset of the end of the line that holds an offset, before its ending.</summary>
    public static int End(string text, int offset)
    {
        var length = text.AsSpan(offset).IndexOfAny('\r', '\n');
        return length < 0 ? text.Length : offset + length;
    }

    /// <summary>The offset after the ending of the line that holds an offset.</summary>
    public static int Next(string text, int offset)
    {
        var end = End(text, offset);
        return end == text.Length ? end : end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
    }

    /// <summary>The offset before the line ending that precedes an offset at the start of a line.</summary>
    public static int BeforeEnding(string text, int lineStart) => lineStart switch
    {
        0 => 0,
        _ when lineStart >= 2 && text[lineStart - 1] == '\n' && text[lineStart - 2] == '\r' => lineStart - 2,
        _ when text[lineStart - 1] is '\n' or '\r' => lineStart - 1,
        _ => lineStart,
    };

    /// <summary>Whether an offset is at the start of a line.</summary>
    public static bool IsStart(string text, int offset) => Start(text, offset) == offset;

    /// <summary>The offset of the first character of a line that is not a space.</summary>
    public static int FirstNonSpace(string text, int lineStart)
    {
        while (lineStart < text.Length && text[lineStart] == ' ')
        {
            lineStart++;
        }

        return lineStart;
    }
}
