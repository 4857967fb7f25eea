using System.Text;
using AuthMap.Linting;

namespace AuthMap.Cli.Rendering;

/// <summary>Formats of findings.</summary>
internal enum LintFormat
{
    Table,
    Json,
    Sarif,
    GitHub,
}

/// <summary>Writes findings.</summary>
internal static class LintReport
{
    /// <param name="output">Where to.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="format">How.</param>
    /// <param name="width">The width of the terminal; null off a terminal.</param>
    public static void Write(TextWriter output, IReadOnlyList<LintedFinding> findings, LintFormat format, int? width)
    {
        switch (format)
        {
            case LintFormat.Json:
                output.Write(StructuredText.Of(json => FindingJson.Write(json, findings), StructuredFormat.Json));
                break;
            case LintFormat.Sarif:
                output.Write(StructuredText.Of(json => SarifJson.Write(json, findings), StructuredFormat.Json, SarifJson.Indent));
                break;
            case LintFormat.GitHub:
                foreach (var finding in findings)
                {
                    output.WriteLine(WorkflowCommand(finding));
                }

                break;
            default:
                if (findings.Count > 0)
                {
                    Table.Write(output, ["PLACE", "RULE", "SEVERITY", "KEY", "MESSAGE", "REMEDY"], [.. findings.Select(Cells)], width);
                }

                break;
        }
    }

    /// <summary>How many there are of each severity.</summary>
    public static string Summary(IEnumerable<Finding> findings)
    {
        var counts = findings.CountBy(finding => finding.Rule.Severity).ToDictionary();
        string[] parts = [.. Part(Severity.Error), .. Part(Severity.Warning)];
        return parts.Length == 0 ? "no findings" : string.Join(", ", parts);

        IEnumerable<string> Part(Severity severity) => counts.GetValueOrDefault(severity) switch
        {
            0 => [],
            1 => [$"1 {LintedFinding.Word(severity)}"],
            var count => [$"{count} {LintedFinding.Word(severity)}s"],
        };
    }

    private static string[] Cells(LintedFinding linted)
    {
        var finding = linted.Finding;
        string[] cells = [linted.Place, finding.Rule.Id, linted.Severity, finding.Key, finding.Message, finding.Remedy];
        return [.. cells.Select(Printable.Line)];
    }

    // As actions/toolkit writes it (packages/core/src/command.ts), escapes included.
    private static string WorkflowCommand(LintedFinding linted)
    {
        var finding = linted.Finding;
        var (name, text) = (finding.Rule.Name, $"{finding.Message}; {finding.Remedy}");
        var command = new StringBuilder($"::{linted.Severity} ");
        if (linted is { File: { } file, InFile: { } position })
        {
            command.Append($"file={Property(file)},line={position.Line},col={position.Column},");
        }
        else
        {
            text = $"{linted.Place}: {text}";
        }

        return command.Append($"title={Property($"{finding.Rule.Id} {name}")}::{Data(text)}").ToString();
    }

    private static string Data(string text) => Printable.Line(text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal));

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
