using AuthMap.Benchmarks.Processes;

namespace AuthMap.Benchmarks.Measuring;

/// <summary>Somebody who takes part in a comparison.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Command">What is run in a round.</param>
public sealed record Contestant(string Name, Func<int, Command> Command)
{
    /// <summary>What is done before each of its runs, unmeasured.</summary>
    public Func<Task> Before { get; init; } = () => Task.CompletedTask;

    /// <summary>Whether the run of a round has done its work; asked after it, unmeasured.</summary>
    public Func<int, Task<bool>> IsDone { get; init; } = _ => Task.FromResult(true);
}
