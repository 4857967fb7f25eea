using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AuthMap.Benchmarks.Micro;

/// <summary>Runs <see cref="MapBenchmarks"/>, within this process.</summary>
/// <remarks>Building a program for each would take longer than running them.</remarks>
internal static class MicroBenchmarks
{
    /// <returns>The exit code: 1 when one of them failed.</returns>
    public static int Run()
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(Repository.Artifacts, "micro"));
        var summary = BenchmarkRunner.Run<MapBenchmarks>(config);
        return summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success) ? 1 : 0;
    }
}
