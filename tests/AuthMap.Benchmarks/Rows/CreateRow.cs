using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Rows;

/// <summary>Adding one mapping to a map of usual size.</summary>
internal sealed class CreateRow : IRow
{
    public string Name => "create";

    public async Task MeasureAsync(Bench bench)
    {
        var stage = await bench.StageAsync(MapText.Of(Sizes.Usual));
        var (ours, theirs) = await bench.CompareAsync(stage, Contests.Create);
        Comparison.Add(bench, Name, "`create`", ours, theirs, Goals.Create, Goals.Peak);
    }
}
