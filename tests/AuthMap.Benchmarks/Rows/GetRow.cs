using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Rows;

/// <summary>Listing a map of usual size.</summary>
internal sealed class GetRow : IRow
{
    public string Name => "get";

    public async Task MeasureAsync(Bench bench)
    {
        var stage = await bench.StageAsync(MapText.Of(Sizes.Usual));
        var (ours, theirs) = await bench.CompareAsync(stage, Contests.List);
        Comparison.Add(bench, Name, "`get`", ours, theirs, Goals.Get, Goals.Peak);
    }
}
