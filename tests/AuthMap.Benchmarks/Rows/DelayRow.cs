using AuthMap.Benchmarks.Stages;
using AuthMap.EndToEnd;

namespace AuthMap.Benchmarks.Rows;

/// <summary>Listing and adding over a network with 50 ms from here to there and back.</summary>
internal sealed class DelayRow : IRow
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    public string Name => "delay";

    public async Task MeasureAsync(Bench bench)
    {
        using var network = new DelayProxy(bench.Server.Address, RoundTrip);
        var stage = await bench.StageAsync(MapText.Of(Sizes.Usual), network.Address);
        var (ours, theirs) = await bench.CompareAsync(stage, Contests.List);
        Comparison.AddWall(bench, Name, "`get`, wall, over 50 ms of network", ours, theirs, Goals.None);

        (ours, theirs) = await bench.CompareAsync(stage, Contests.Create);
        Comparison.AddWall(bench, Name, "`create`, wall, over 50 ms of network", ours, theirs, Goals.None);
    }
}
