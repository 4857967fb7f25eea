using AuthMap.Benchmarks.Measuring;
using AuthMap.Benchmarks.Reports;

namespace AuthMap.Benchmarks.Rows;

/// <summary>Turns what a comparison gave into lines of the report; without anybody beside us, ours alone.</summary>
internal static class Comparison
{
    /// <summary>Adds wall time, processor time and memory.</summary>
    /// <param name="bench">Where the report is.</param>
    /// <param name="row">The row's name.</param>
    /// <param name="what">What was done.</param>
    /// <param name="ours">What we took.</param>
    /// <param name="theirs">What the others took.</param>
    /// <param name="wall">The goals of wall time, by peer.</param>
    /// <param name="peak">The goal of memory.</param>
    public static void Add(
        Bench bench,
        string row,
        string what,
        Summary ours,
        IReadOnlyList<Summary> theirs,
        IReadOnlyDictionary<string, Goal> wall,
        Goal peak)
    {
        AddWall(bench, row, $"{what}, wall", ours, theirs, wall);
        AddBeside(bench, theirs, new(row, $"{what}, CPU", Unit.Milliseconds, ours.Cpu), peer => peer.Cpu, _ => null);
        AddBeside(bench, theirs, new(row, $"{what}, peak memory", Unit.Bytes, ours.Peak), peer => peer.Peak, _ => peak);
    }

    /// <summary>Adds wall time alone.</summary>
    public static void AddWall(
        Bench bench, string row, string what, Summary ours, IReadOnlyList<Summary> theirs, IReadOnlyDictionary<string, Goal> goals) =>
        AddBeside(
            bench,
            theirs,
            new(row, what, Unit.Milliseconds, ours.Wall),
            peer => peer.Wall,
            peer => peer is null ? null : goals.GetValueOrDefault(peer));

    private static void AddBeside(
        Bench bench, IReadOnlyList<Summary> theirs, Line line, Func<Summary, double> value, Func<string?, Goal?> goal)
    {
        if (theirs.Count == 0)
        {
            bench.Add(line with { Goal = goal(null) });
        }

        foreach (var peer in theirs)
        {
            bench.Add(line with { Peer = peer.Name, Theirs = value(peer), Goal = goal(peer.Name) });
        }
    }
}
