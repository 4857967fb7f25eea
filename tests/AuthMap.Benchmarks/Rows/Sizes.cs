namespace AuthMap.Benchmarks.Rows;

/// <summary>How many entries a map has.</summary>
internal static class Sizes
{
    /// <summary>A cluster of a few teams.</summary>
    public const int Usual = 20;

    /// <summary>What fits: 990 kB of the megabyte that an object may have.</summary>
    public const int Large = 6_187;
}
