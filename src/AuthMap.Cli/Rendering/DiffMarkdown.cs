using AuthMap.Editing;

namespace AuthMap.Cli.Rendering;

/// <summary>A plan as a comment on a pull request.</summary>
internal static class DiffMarkdown
{
    public static void Write(TextWriter output, Outcome outcome, string target, string? version, IReadOnlyList<string> warnings)
    {
        output.WriteLine($"### aws-auth of {Code(target)}: {ChangeLines.Prospect(outcome.Plan)}");
        foreach (var warning in warnings)
        {
            output.WriteLine();
            output.WriteLine($"> **Warning:** {Escape(warning)}");
        }

        if (outcome.Plan.Steps.Count == 0)
        {
            return;
        }

        var access = AccessText.Lines(outcome.Plan).ToList();
        output.WriteLine();
        output.WriteLine(access.Count == 0 ? "Nobody's access changes." : "**Access**");
        if (access.Count > 0)
        {
            output.WriteLine();
        }

        foreach (var line in access)
        {
            output.WriteLine($"- {Code(line)}");
        }

        var diff = new StringWriter { NewLine = "\n" };
        DiffText.Write(diff, Palette.None, outcome.Plan, "aws-auth", version);
        var text = diff.ToString();
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        output.WriteLine();
        output.WriteLine($"{fence}diff");
        output.Write(text);
        output.WriteLine(fence);
    }

    // A code span ends at a run of backticks as long as its own.
    private static string Code(string text)
    {
        var line = Printable.Line(text);
        var fence = new string('`', LongestRun(line) + 1);
        return line.Contains('`') ? $"{fence} {line} {fence}" : $"`{line}`";
    }

    private static string Escape(string text) =>
        string.Concat(Printable.Line(text).Select(c => c is '\\' or '`' or '*' or '_' or '<' or '>' or '[' or ']' or '|' or '#' ? $"\\{c}" : $"{c}"));

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
