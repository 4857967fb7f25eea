using AuthMap.Benchmarks.Stages;
using AuthMap.Benchmarks.Tools;

namespace AuthMap.Benchmarks.Rows;

/// <summary>A map that fills the megabyte an object may have.</summary>
internal sealed class LargeRow : IRow
{
    public string Name => "large";

    public async Task MeasureAsync(Bench bench)
    {
        var stage = await bench.StageAsync(MapText.Of(Sizes.Large, MapText.LongEntry));
        var (ours, theirs) = await bench.CompareAsync(stage, Contests.List);
        Comparison.Add(bench, Name, "`get` of 990 kB", ours, theirs, Goals.LargeGet, Goals.LargePeak);

        // A patch with the whole map would be too long for a command line, so kubectl only has to list.
        (ours, theirs) = await bench.CompareAsync(
            stage, (tool, there) => tool is KubectlTool ? Contests.List(tool, there) : Contests.Create(tool, there));
        Comparison.Add(bench, Name, "`create` in 990 kB (kubectl: `get`)", ours, theirs, Goals.LargeCreate, Goals.LargePeak);
    }
}
