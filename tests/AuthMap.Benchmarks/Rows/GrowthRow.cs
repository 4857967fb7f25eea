using AuthMap.Benchmarks.Measuring;
using AuthMap.Benchmarks.Reports;
using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Rows;

/// <summary>How processor time grows with the size of the map: listing, planning and writing one change.</summary>
internal sealed class GrowthRow : IRow
{
    private static readonly int[] Entries = [10, 100, 1_000, 5_000];

    public string Name => "growth";

    public async Task MeasureAsync(Bench bench)
    {
        var stages = new List<Stage>();
        foreach (var entries in Entries)
        {
            stages.Add(await bench.StageAsync(MapText.Of(entries)));
        }

        var get = await MeasureAsync("get", stage => Contests.List(bench.Product, stage)!);
        var plan = await MeasureAsync(
            "create --dry-run", stage => new Contestant("", _ => bench.Product.Plan(stage.Place, new Newcomer("planned"))));
        var create = await MeasureAsync("create", stage => Contests.Create(bench.Product, stage)!);
        bench.Add(new Table(
            "CPU time by the number of entries (and for each further entry)",
            ["entries", "`get`", "`create --dry-run`", "`create`"],
            [.. Entries.Select((entries, i) => new[] { $"{entries}", Cell(get, i), Cell(plan, i), Cell(create, i) })]));

        async Task<IReadOnlyList<double>> MeasureAsync(string what, Func<Stage, Contestant> contest)
        {
            var summaries = await new Alternation(bench.Launcher, bench.Rounds).RunAsync(
                [.. stages.Select(stage => contest(stage) with { Before = stage.ResetAsync })]);
            IReadOnlyList<double> times = [.. summaries.Select(summary => summary.Cpu)];
            bench.Add(new Line(
                Name,
                $"`{what}`, exponent of growth",
                Unit.Exponent,
                Statistics.Exponent([.. Entries.Select(entries => (double)entries).Zip(times)])) { Goal = Goals.Growth });
            return times;
        }
    }

    private static string Cell(IReadOnlyList<double> times, int i) => i == 0
        ? $"{times[i]:F1} ms"
        : $"{times[i]:F1} ms ({1000 * (times[i] - times[i - 1]) / (Entries[i] - Entries[i - 1]):F1} µs)";
}
