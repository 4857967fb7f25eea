using System.Text;

namespace AuthMap.Benchmarks.Reports;

/// <summary>The report as Markdown: what has a goal, what has none, further tables, the machine.</summary>
public static class Markdown
{
    public static string Write(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        Section(text, "Goals", [.. report.Lines.Where(line => line.Goal is not null)]);
        Section(text, "Beside them", [.. report.Lines.Where(line => line.Goal is null)]);
        foreach (var table in report.Tables)
        {
            Heading(text, table.Title);
            Write(text, table.Header, table.Rows);
        }

        Heading(text, "Measured on");
        foreach (var (name, value) in report.Machine)
        {
            text.Append($"- {name}: {value}\n");
        }

        foreach (var note in report.Notes)
        {
            text.Append($"- note: {note}\n");
        }

        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IReadOnlyList<Line> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        Heading(text, title);
        Write(text, ["what", "authmap", "beside", "ratio", "goal", ""], [.. lines.Select(Cells)]);
    }

    private static IReadOnlyList<string> Cells(Line line) =>
    [
        line.What,
        Number(line.Ours, line.Unit),
        line.Theirs is { } theirs ? $"{line.Peer} {Number(theirs, line.Unit)}" : "",
        line.Ratio is { } ratio ? $"{ratio:F3} ×" : "",
        line.Goal is { } goal ? goal.OfPeer ? $"≤ {goal.Limit:F2} ×" : $"≤ {Number(goal.Limit, line.Unit)}" : "",
        line.IsMet switch { true => "ok", false => "**missed**", null => "" },
    ];

    private static void Heading(StringBuilder text, string title) =>
        text.Append(text.Length > 0 ? "\n" : "").Append($"### {title}\n\n");

    private static void Write(StringBuilder text, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Row(header);
        Row([.. header.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in rows)
        {
            Row(row);
        }

        void Row(IReadOnlyList<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
    }

    private static string Number(double value, Unit unit) => unit switch
    {
        Unit.Milliseconds when value >= 10_000 => $"{value / 1000:F1} s",
        Unit.Milliseconds => $"{value:F1} ms",
        Unit.Bytes => $"{value / (1 << 20):F1} MiB",
        Unit.Exponent => $"{value:F2}",
        _ => $"{value:F0}",
    };
}
