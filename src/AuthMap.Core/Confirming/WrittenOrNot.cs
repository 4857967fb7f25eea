using AuthMap.Editing;

namespace AuthMap.Confirming;

/// <summary>Finds out, by the way back, what became of a write whose answer was lost; and sees to it that one that has not happened
/// cannot happen later, when nobody is left to undo it.</summary>
/// <param name="store">The way back.</param>
/// <param name="clock">Time.</param>
internal sealed class WrittenOrNot(IAwsAuthStore store, TimeProvider clock)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _firstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(5);

    /// <summary>Why it is not known, when it is not.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Asks until it is certain.</summary>
    /// <param name="attempt">The write.</param>
    /// <param name="until">When to give up.</param>
    /// <returns>Never <see cref="Settlement.NotYet"/>.</returns>
    public async Task<Settlement> FindOutAsync(Attempt attempt, DateTimeOffset until)
    {
        for (var wait = _firstWait; ; wait = wait * 2 < _longestWait ? wait * 2 : _longestWait)
        {
            var settlement = await AskAsync(attempt).ConfigureAwait(false);
            if (settlement != Settlement.NotYet)
            {
                return settlement;
            }

            if (clock.GetUtcNow() + wait >= until)
            {
                return Settlement.Unknown;
            }

            await Task.Delay(wait, clock, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // No answer is as good as one that leaves it open.
    private async Task<Settlement> AskAsync(Attempt attempt)
    {
        using var patience = new CancellationTokenSource(_patience, clock);
        try
        {
            while (true)
            {
                var now = await store.ReadAsync(patience.Token).ConfigureAwait(false);
                var settlement = attempt.Settle(now);
                Reason = settlement == Settlement.Unknown
                    ? "another program has rewritten aws-auth since"
                    : "aws-auth is as it was, but the write may still arrive";

                // An object that is not there has no version that could move: whether it will be created, time must tell.
                if (settlement != Settlement.NotYet || !now.Exists || !await MoveVersionAsync(now, patience.Token).ConfigureAwait(false))
                {
                    return settlement;
                }
            }
        }
        catch (AuthMapException exception)
        {
            Reason = exception.Failure.Message;
        }
        catch (OperationCanceledException exception)
        {
            Reason = exception.InnerException is AuthMapException { Failure.Message: var last } ? last : $"no answer from {store.Target}";
        }

        return Settlement.NotYet;
    }

    // The write asks for the version that was read. A further id among those of our writes makes another version and means nothing else.
    private async Task<bool> MoveVersionAsync(Snapshot now, CancellationToken cancellationToken)
    {
        var annotations = new Dictionary<string, string> { [WriteIds.Annotation] = WriteIds.Add(now, WriteIds.New()) };
        return await store.WriteAsync(now, new(new Dictionary<string, string>(), annotations), cancellationToken).ConfigureAwait(false)
            is Written or Conflicted;
    }
}
