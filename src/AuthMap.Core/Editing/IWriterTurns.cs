namespace AuthMap.Editing;

/// <summary>The turns of the writers of one machine, so that they do not turn each other down. Disposing of a turn ends it.</summary>
public interface IWriterTurns
{
    /// <summary>Before the first read: waits for the turn where others queue already.</summary>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The turn; null when nobody queues, or it does not come.</returns>
    Task<IDisposable?> JoinAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>After a conflict: waits for the turn, and others queue behind it.</summary>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The turn; null when there is none to be had.</returns>
    Task<IDisposable?> WaitAsync(TimeSpan patience, CancellationToken cancellationToken);
}
