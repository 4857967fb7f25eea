using System.Text;
using AuthMap.Benchmarks.Measuring;
using AuthMap.Benchmarks.Reports;
using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Rows;

/// <summary>How processor time grows when a file of mappings is applied to a map. Half of the file changes what is there.</summary>
internal sealed class ApplyRow : IRow
{
    private static readonly int[] Sizes = [10, 100, 1_000, 5_000];

    public string Name => "apply";

    public async Task MeasureAsync(Bench bench)
    {
        var files = Sizes.ToDictionary(mappings => mappings, mappings => Path.Combine(bench.Folder, $"mappings-{mappings}.yaml"));
        foreach (var (mappings, file) in files)
        {
            await File.WriteAllTextAsync(file, List(mappings));
        }

        var times = new Dictionary<(int File, int Map), double>();
        foreach (var entries in Sizes)
        {
            var stage = await bench.StageAsync(MapText.Of(entries));
            var contestants = Sizes.Select(mappings => bench.Product.Apply(stage.Place, files[mappings]))
                .Select(apply => new Contestant("", _ => apply) { Before = stage.ResetAsync });
            var summaries = await new Alternation(bench.Launcher, Math.Min(bench.Rounds, 10)).RunAsync([.. contestants]);
            foreach (var (mappings, summary) in Sizes.Zip(summaries))
            {
                times[(mappings, entries)] = summary.Cpu;
            }
        }

        bench.Add(new Line(
            Name,
            "`apply` of n mappings to n entries, exponent of growth",
            Unit.Exponent,
            Statistics.Exponent([.. Sizes.Select(size => (2.0 * size, times[(size, size)]))]))
        { Goal = Goals.Growth });
        bench.Add(new Table(
            "CPU time of `apply`, by the mappings of the file (rows) and the entries of the map (columns)",
            ["mappings", .. Sizes.Select(entries => $"{entries} entries")],
            [.. Sizes.Select(mappings => (string[])[$"{mappings}", .. Sizes.Select(entries => Cell(mappings, entries))])]));

        string Cell(int mappings, int entries) => $"{times[(mappings, entries)]:F1} ms";
    }

    // Every other one has the ARN of an entry, as long as there are entries, and gives it a group more.
    private static string List(int mappings)
    {
        var text = new StringBuilder();
        for (var number = 1; number <= mappings; number++)
        {
            var name = number % 2 == 0 ? MapText.Name(number) : $"new-{number:D6}";
            text.Append($"- arn: {MapText.Arn(name)}\n  username: user-{number:D6}\n  groups:\n  - developers\n  - reviewers\n");
        }

        return text.ToString();
    }
}
