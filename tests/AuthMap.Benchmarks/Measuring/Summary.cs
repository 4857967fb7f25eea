using AuthMap.Benchmarks.Processes;

namespace AuthMap.Benchmarks.Measuring;

/// <summary>What a program took in many runs.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Wall">Median, in milliseconds.</param>
/// <param name="Cpu">Median, in milliseconds.</param>
/// <param name="Peak">The largest of all runs, in bytes: a limit that is kept most of the time is not kept.</param>
public sealed record Summary(string Name, double Wall, double Cpu, double Peak)
{
    public static Summary Of(string name, IReadOnlyCollection<Usage> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return new(
            name,
            Statistics.Median(runs.Select(run => run.Wall.TotalMilliseconds)),
            Statistics.Median(runs.Select(run => run.Cpu.TotalMilliseconds)),
            runs.Max(run => run.PeakBytes));
    }
}
