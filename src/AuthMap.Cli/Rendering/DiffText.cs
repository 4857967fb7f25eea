using AuthMap.Documents;
using AuthMap.Planning;

namespace AuthMap.Cli.Rendering;

/// <summary>The texts of a plan's keys as a unified diff, a header line for each stretch naming key and line.</summary>
internal static class DiffText
{
    private const int Context = 2;

    /// <param name="output">Where to.</param>
    /// <param name="palette">Its colours.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="name">What is changed: the object, or the file.</param>
    /// <param name="version">The version it was read at; null when there is none to show.</param>
    public static void Write(TextWriter output, Palette palette, Plan plan, string name, string? version)
    {
        output.WriteLine(palette.Bold(Printable.Line($"--- {name}{(version is null ? "" : $"  resourceVersion {version}")}")));
        output.WriteLine(palette.Bold(Printable.Line($"+++ {name}  planned")));
        foreach (var (before, after) in plan.Before.Sections.Zip(plan.After.Sections))
        {
            foreach (var hunk in UnifiedDiff.Compute(before.Text, after.Text, Context))
            {
                var place = before.Text is null ? "new" : $"line {Math.Max(1, hunk.OldLine)}";
                output.WriteLine(palette.Cyan($"@@ {before.Key.Name()}, {place} @@"));
                foreach (var line in hunk.Lines)
                {
                    var sign = line.Kind switch
                    {
                        DiffLineKind.Removed => '-',
                        DiffLineKind.Added => '+',
                        _ => ' ',
                    };
                    output.WriteLine(palette.Signed(sign, sign + Printable.Line(line.Text)));
                    if (!line.HasLineFeed)
                    {
                        output.WriteLine("\\ No newline at end of text");
                    }
                }
            }
        }
    }
}
