using AuthMap.History;
using AuthMap.Planning;

namespace AuthMap.Editing;

/// <summary>How a change is carried out.</summary>
/// <param name="Timeout">The time allowed on the network, waits between attempts included; a person's time does not count.</param>
/// <param name="DryRun">Stop before writing.</param>
/// <param name="Approve">Asks a person about the plan; null asks nobody. After a conflict it is asked again only when what the plan
/// means for people (<see cref="AccessDiff"/>) has changed. It throws when it is cancelled.</param>
/// <param name="Force">Carry it out even if the guard objects; its objections become warnings.</param>
/// <param name="Recorder">Who writes, for the history that travels with the object; null keeps none.</param>
public sealed record EditorOptions(
    TimeSpan Timeout,
    bool DryRun = false,
    Func<Plan, CancellationToken, ValueTask<bool>>? Approve = null,
    bool Force = false,
    Recorder? Recorder = null)
{
    /// <summary>Keeps a copy of the object as it was read, right before each request that changes aws-auth; null keeps none. It gives
    /// back what takes the copy away again, called when that request certainly changed nothing: a conflict, a refusal. An attempt whose
    /// answer was lost keeps its copy. Neither may throw.</summary>
    public Func<Snapshot, Action>? Backup { get; init; }

    /// <summary>The turns of this machine's writers; null: there are none, and after a conflict a random wait has to do.</summary>
    public IWriterTurns? Turns { get; init; }

    /// <summary>Tells, before anybody is asked, what is to be known for the answer; the outcome does not say it again. Null leaves it
    /// to the outcome.</summary>
    public Action<Notice>? Tell { get; init; }

    /// <summary>Called before each attempt to write aws-auth, when everybody has agreed to it; what it throws ends the change.</summary>
    public Func<Plan, CancellationToken, Task>? Prepare { get; init; }

    /// <summary>Hears how each attempt to write aws-auth ended, but for those that failed and so certainly did not happen.</summary>
    internal Action<Attempt, WriteResult>? Attempted { get; init; }
}

/// <summary>The way of every change: read, plan, approve, write; and again from the start when somebody else was faster.</summary>
/// <param name="store">Where the map lives.</param>
/// <param name="clock">Time, for waits and the time allowed.</param>
public sealed class AwsAuthEditor(IAwsAuthStore store, TimeProvider clock)
{
    /// <summary>Reads the map once.</summary>
    /// <param name="timeout">The time allowed.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="AuthMapException">It cannot be read, or not in time (<see cref="FailureKind.Unreachable"/>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<Snapshot> ReadAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        new StoreAccess(store, clock, timeout).ReadAsync(cancellationToken);

    /// <summary>Makes the map meet the wishes.</summary>
    /// <param name="edits">The wishes; they are planned together and written in one write.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Cancels before the next request; a write under way has a moment to be settled first, and
    /// counts as done when it is.</param>
    /// <exception cref="AuthMapException">It failed: every kind of failure is possible.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing was written, or, when a request was under way that
    /// could not be settled in that moment, whether it was is not known and the message says so.</exception>
    public async Task<Outcome> ApplyAsync(IReadOnlyList<Edit> edits, EditorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edits);
        ArgumentNullException.ThrowIfNull(options);
        using var run = new EditRun(new(store, clock, options.Timeout), edits, options);
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
