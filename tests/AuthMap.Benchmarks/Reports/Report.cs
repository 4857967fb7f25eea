namespace AuthMap.Benchmarks.Reports;

/// <summary>All that was measured, and where.</summary>
/// <param name="Machine">Names and values of what a reader has to know of the machine.</param>
/// <param name="Lines">The measurements.</param>
/// <param name="Tables">What does not fit into lines.</param>
/// <param name="Notes">What went wrong on the way.</param>
public sealed record Report(
    IReadOnlyDictionary<string, string> Machine,
    IReadOnlyList<Line> Lines,
    IReadOnlyList<Table> Tables,
    IReadOnlyList<string> Notes);

/// <summary>A table of its own.</summary>
public sealed record Table(string Title, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);
