namespace AuthMap.Documents;

/// <summary>Turns offsets into lines and columns.</summary>
internal static class TextPositions
{
    /// <summary>The position of an offset; CR, LF and CR LF each end a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="offset">An offset in it.</param>
    public static TextPosition At(string text, int offset)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < offset; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }

        return new(line, offset - lineStart + 1);
    }
}
