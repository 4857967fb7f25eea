using AuthMap.Benchmarks.Measuring;
using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Reports;
using AuthMap.Benchmarks.Stages;
using AuthMap.Benchmarks.Tools;

namespace AuthMap.Benchmarks.Rows;

/// <summary>How processor time grows with the size of the map: on a server and in a file.</summary>
internal sealed class GrowthRow : IRow
{
    private static readonly int[] Entries = [10, 100, 1_000, 5_000];

    private static readonly Newcomer Newcomer = new("newcomer");

    public string Name => "growth";

    public async Task MeasureAsync(Bench bench)
    {
        var stages = new List<Stage>();
        var files = new List<Place>();
        foreach (var entries in Entries)
        {
            stages.Add(await bench.StageAsync(MapText.Of(entries)));
            files.Add(await FileAsync(bench, entries));
        }

        var product = bench.Product;
        var columns = new[]
        {
            await GrowAsync("get", i => InStage(stages[i], product.List(stages[i].Place))),
            await GrowAsync("create --dry-run", i => InStage(stages[i], product.Plan(stages[i].Place, Newcomer))),
            await GrowAsync("create", i => InStage(stages[i], product.Create(stages[i].Place, Newcomer, ""))),
            await GrowAsync("get --manifest", i => new Contestant("", _ => product.List(files[i]))),
            await GrowAsync("create --manifest --dry-run", i => new Contestant("", _ => product.Plan(files[i], Newcomer))),
        };
        bench.Add(new Table(
            "CPU time by the number of entries (and for each further entry)",
            ["entries", .. columns.Select(column => $"`{column.What}`")],
            [.. Entries.Select((entries, i) => (string[])[$"{entries}", .. columns.Select(column => Cell(column.Times, i))])]));

        async Task<(string What, IReadOnlyList<double> Times)> GrowAsync(string what, Func<int, Contestant> contestant)
        {
            var summaries = await new Alternation(bench.Launcher, bench.Rounds).RunAsync(
                [.. Enumerable.Range(0, Entries.Length).Select(contestant)]);
            IReadOnlyList<double> times = [.. summaries.Select(summary => summary.Cpu)];
            var exponent = Statistics.Exponent([.. Entries.Select(entries => (double)entries).Zip(times)]);
            bench.Add(new Line(Name, $"`{what}`, exponent of growth", Unit.Exponent, exponent) { Goal = Goals.Growth });
            return (what, times);
        }
    }

    // All stages share one object, so each run first puts its own map there.
    private static Contestant InStage(Stage stage, Command command) => new("", _ => command) { Before = stage.ResetAsync };

    private static async Task<Place> FileAsync(Bench bench, int entries)
    {
        var file = Path.Combine(bench.Folder, $"manifest-{entries}.yaml");
        await File.WriteAllTextAsync(file, MapText.Manifest(MapText.Of(entries)));
        return new Place(Kubeconfig: null, Cluster: null, file, bench.Home());
    }

    private static string Cell(IReadOnlyList<double> times, int i) => i == 0
        ? $"{times[i]:F1} ms"
        : $"{times[i]:F1} ms ({1000 * (times[i] - times[i - 1]) / (Entries[i] - Entries[i - 1]):F1} µs)";
}
