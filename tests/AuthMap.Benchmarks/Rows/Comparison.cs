using AuthMap.Benchmarks.Measuring;
using AuthMap.Benchmarks.Reports;

namespace AuthMap.Benchmarks.Rows;

/// <summary>Turns what a comparison gave into lines of the report.</summary>
internal static class Comparison
{
    /// <summary>Adds lines of time, processor time and memory beside each peer.</summary>
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
        Goal? peak)
    {
        foreach (var peer in theirs)
        {
            bench.Add(new Line(row, $"`{what}`, wall", Unit.Milliseconds, ours.Wall)
            {
                Peer = peer.Name,
                Theirs = peer.Wall,
                Goal = wall.GetValueOrDefault(peer.Name),
            });
            bench.Add(new Line(row, $"`{what}`, CPU", Unit.Milliseconds, ours.Cpu) { Peer = peer.Name, Theirs = peer.Cpu });
            bench.Add(new Line(row, $"`{what}`, peak memory", Unit.Bytes, ours.Peak)
            {
                Peer = peer.Name,
                Theirs = peer.Peak,
                Goal = peak,
            });
        }
    }
}
