using AuthMap.Benchmarks.Measuring;
using AuthMap.Benchmarks.Stages;
using AuthMap.Benchmarks.Tools;

namespace AuthMap.Benchmarks.Rows;

/// <summary>What a tool has to do, in a stage.</summary>
internal static class Contests
{
    /// <summary>List the map; null when it cannot.</summary>
    public static Contestant? Get(Tool tool, Stage stage) => tool.List(stage.Place) is { } get ? new(tool.Name, _ => get) : null;

    /// <summary>Add somebody who is not there; null when it cannot.</summary>
    public static Contestant? Create(Tool tool, Stage stage)
    {
        if (tool.Create(stage.Place, Newcomer(0), stage.MapRoles) is null)
        {
            return null;
        }

        return new Contestant(tool.Name, round => tool.Create(stage.Place, Newcomer(round), stage.MapRoles)!)
        {
            Before = stage.ResetAsync,
            IsDone = round => stage.HasAsync(Newcomer(round)),
        };

        Newcomer Newcomer(int round) => new($"new-{tool.Name}-{round}");
    }
}
