namespace AuthMap.Documents.Splicing;

/// <summary>Lines to be inserted between lines.</summary>
internal static class LineBlock
{
    /// <summary>Joins lines for an insertion: a text whose last line has no ending keeps that peculiarity.</summary>
    /// <param name="text">The text.</param>
    /// <param name="offset">The start of a line, or the end of the text.</param>
    /// <param name="lines">The lines without endings.</param>
    /// <param name="ending">The line ending.</param>
    public static string For(string text, int offset, IEnumerable<string> lines, string ending)
    {
        var joined = string.Join(ending, lines);
        return offset == 0 || text[offset - 1] is '\n' or '\r' or '\uFEFF' ? joined + ending : ending + joined;
    }
}
