namespace AuthMap.Benchmarks;

/// <summary>Something cannot be measured; the message says what and why.</summary>
public sealed class BenchmarkException(string message) : Exception(message);
