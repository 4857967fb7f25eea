using AuthMap.Benchmarks.Measuring;
using AuthMap.Benchmarks.Stages;
using AuthMap.Benchmarks.Tools;

namespace AuthMap.Benchmarks.Rows;

/// <summary>What a tool has to do in a stage; null when it cannot.</summary>
internal delegate Contestant? Contest(Tool tool, Stage stage);

/// <summary>The contests that there are.</summary>
internal static class Contests
{
    /// <summary>List the map.</summary>
    public static Contestant? List(Tool tool, Stage stage) => tool.List(stage.Place) is { } list ? new(tool.Name, _ => list) : null;

    /// <summary>Add somebody who is not there.</summary>
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
