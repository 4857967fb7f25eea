using System.Text;

namespace AuthMap.Cli.Rendering;

/// <summary>
/// Rows under headings, as eksctl aligns them. Off a terminal a row is a line and nothing is cut. On one that is too narrow each
/// row becomes a block, its first cell on a line of its own, so that an ARN can still be copied in one piece.
/// </summary>
internal static class Table
{
    private const string Gap = "  ";

    /// <param name="output">Where to.</param>
    /// <param name="headings">The names of the columns.</param>
    /// <param name="rows">The cells, already printable.</param>
    /// <param name="width">The width of the terminal; null off a terminal.</param>
    public static void Write(TextWriter output, IReadOnlyList<string> headings, IReadOnlyList<string[]> rows, int? width)
    {
        var widths = headings.Select((heading, i) => rows.Select(row => row[i].Length).Append(heading.Length).Max()).ToArray();
        if (rows.Count > 0 && widths.Sum() + Gap.Length * (widths.Length - 1) > width)
        {
            WriteBlocks(output, headings, rows);
            return;
        }

        var line = new StringBuilder();
        foreach (var row in rows.Prepend(headings))
        {
            for (var i = 0; i < widths.Length; i++)
            {
                line.Append(i == 0 ? "" : Gap).Append(row[i]).Append(' ', widths[i] - row[i].Length);
            }

            while (line.Length > 0 && line[^1] == ' ')
            {
                line.Length--;
            }

            output.WriteLine(line);
            line.Clear();
        }
    }

    private static void WriteBlocks(TextWriter output, IReadOnlyList<string> headings, IReadOnlyList<string[]> rows)
    {
        var label = headings.Max(heading => heading.Length);
        foreach (var row in rows)
        {
            // A row without a first cell begins with what it has.
            var cells = headings.Zip(row).Where(cell => cell.Second.Length > 0).ToList();
            output.WriteLine(row[0].Length > 0 ? row[0] : Line(cells[0]));
            foreach (var cell in cells.Skip(1))
            {
                output.WriteLine(Gap + Line(cell));
            }
        }

        string Line((string Heading, string Cell) cell) => $"{cell.Heading.PadRight(label)}{Gap}{cell.Cell}";
    }
}
