namespace AuthMap.Editing;

/// <summary>The time allowed on the network; it runs only while it is spent.</summary>
/// <param name="allowed">How much there is in all; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
/// <param name="clock">Time.</param>
internal sealed class NetworkTime(TimeSpan allowed, TimeProvider clock)
{
    // What a timer can hold; beyond it there is no limit.
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(int.MaxValue);

    private TimeSpan _spent;

    /// <summary>What is left.</summary>
    public TimeSpan Left => allowed == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue
        : allowed > _spent ? allowed - _spent
        : TimeSpan.Zero;

    /// <summary>Whether nothing is left.</summary>
    public bool IsOver => Left == TimeSpan.Zero;

    /// <summary>Spends time on something, which is cancelled when the time is up.</summary>
    /// <param name="work">The work.</param>
    /// <param name="grace">For how long the work may go on after the user cancelled it.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    public async Task<T> SpendAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan grace, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        using var timer = Left > _longest ? new CancellationTokenSource() : new CancellationTokenSource(Left, clock);
        await using var registration = cancellationToken.Register(() => CancelAfter(timer, grace)).ConfigureAwait(false);
        try
        {
            return await work(timer.Token).ConfigureAwait(false);
        }
        finally
        {
            _spent += clock.GetElapsedTime(start);
        }
    }

    private static void CancelAfter(CancellationTokenSource timer, TimeSpan grace)
    {
        if (grace == TimeSpan.Zero)
        {
            timer.Cancel();
        }
        else
        {
            timer.CancelAfter(grace);
        }
    }
}
