using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Rows;

/// <summary>A cluster by its name in EKS, as eksctl knows it, with the EKS API on loopback; what can be cached has been.</summary>
internal sealed class EksRow : IRow
{
    public string Name => "eks";

    public async Task MeasureAsync(Bench bench)
    {
        await using var eks = await EksStage.StartAsync(bench, Sizes.Usual);
        var (ours, theirs) = await bench.CompareAsync(eks.Stage, Contests.List);
        Comparison.Add(bench, Name, "`get --cluster`", ours, theirs, Goals.None, Goals.Peak);

        (ours, theirs) = await bench.CompareAsync(eks.Stage, Contests.Create);
        Comparison.Add(bench, Name, "`create --cluster`", ours, theirs, Goals.None, Goals.Peak);
    }
}
