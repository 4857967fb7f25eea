namespace AuthMap.Benchmarks.Processes;

/// <summary>What one run of a program took.</summary>
/// <param name="Wall">From start to end.</param>
/// <param name="Cpu">Processor time, the kernel's share included.</param>
/// <param name="PeakBytes">The most memory that was resident at once.</param>
public sealed record Usage(TimeSpan Wall, TimeSpan Cpu, long PeakBytes);
