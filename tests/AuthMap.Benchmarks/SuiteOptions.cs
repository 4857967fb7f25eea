namespace AuthMap.Benchmarks;

/// <summary>What is to be compared.</summary>
/// <param name="Only">Names of rows; none for all.</param>
/// <param name="Pairs">How many runs of each count.</param>
/// <param name="Binary">The program to measure; null to build it.</param>
/// <param name="Peers">Paths of tools by name.</param>
/// <param name="Json">Where the report goes as JSON.</param>
internal sealed record SuiteOptions(
    IReadOnlyList<string> Only, int Pairs, string? Binary, IReadOnlyDictionary<string, string> Peers, string? Json);
