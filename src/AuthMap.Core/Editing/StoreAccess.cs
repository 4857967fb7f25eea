using AuthMap.Resolving;

namespace AuthMap.Editing;

/// <summary>A store, used within the time allowed; knows the last answer, for the message when the time is up.</summary>
internal sealed class StoreAccess(IAwsAuthStore store, TimeProvider clock, TimeSpan timeout)
{
    // Ctrl-C ends within a second, with a request and the question what became of it.
    private static readonly TimeSpan _graceToWrite = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan _graceToSettle = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan _timeToIdentify = TimeSpan.FromSeconds(3);

    private readonly NetworkTime _time = new(timeout, clock);
    private readonly Backoff _backoff = new();
    private int _conflicts;
    private Failure? _last;

    public string Target => store.Target;

    /// <summary>The failure of a change that only ever met other writers; null when it met none.</summary>
    public Failure? Conflict { get; private set; }

    public IReadOnlyList<Notice> Preview(Attempt attempt) => store.Preview(attempt.Read, attempt.Request);

    /// <summary>The objects beside aws-auth; null in a place without them.</summary>
    public IObjectStore? Objects => store.Objects;

    /// <summary>Whether there are such objects.</summary>
    public bool HasObjects => store.HasObjects;

    public Task<Snapshot> ReadAsync(CancellationToken cancellationToken) => AskAsync(store.ReadAsync, cancellationToken);

    /// <summary>Asks the store something.</summary>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        ThrowIfOver(cancellationToken);
        try
        {
            return await _time.SpendAsync(ask, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new AuthMapException(GiveUp((exception.InnerException as AuthMapException)?.Failure), exception.InnerException);
        }
        catch (AuthMapException) when (_time.IsOver && _last is { Kind: FailureKind.Conflict })
        {
            throw new AuthMapException(GiveUp());
        }
    }

    /// <summary>The time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Whether callers prove themselves to the place.</summary>
    public bool HasCallers => store.HasCallers;

    /// <summary>Says who the caller is; null when that cannot be learnt quickly.</summary>
    public Task<Caller?> WhoAmIAsync(CancellationToken cancellationToken) => AskBrieflyAsync(store.WhoAmIAsync, cancellationToken);

    /// <summary>Says as whom the place let the caller in; null when that cannot be learnt quickly.</summary>
    public Task<SelfReview?> ReviewAsync(CancellationToken cancellationToken) => AskBrieflyAsync(store.ReviewAsync, cancellationToken);

    private async Task<T?> AskBrieflyAsync<T>(Func<CancellationToken, Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        using var moment = new CancellationTokenSource(_timeToIdentify, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(moment.Token, cancellationToken);
        try
        {
            return await ask(both.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or AuthMapException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Reads although the time is up or the user has cancelled, but only for a moment; null when that does not work.</summary>
    public async Task<Snapshot?> TryReadLateAsync()
    {
        using var moment = new CancellationTokenSource(_graceToSettle, clock);
        try
        {
            return await store.ReadAsync(moment.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or AuthMapException)
        {
            return null;
        }
    }

    /// <summary>Writes once; again only when the store said that nothing happened and to come later.</summary>
    public Task<WriteResult> WriteAsync(Attempt attempt, CancellationToken cancellationToken) =>
        WriteAsync(token => store.WriteAsync(attempt.Read, attempt.Request, token), cancellationToken);

    /// <inheritdoc cref="WriteAsync(Attempt, CancellationToken)"/>
    public async Task<WriteResult> WriteAsync(Func<CancellationToken, Task<WriteResult>> write, CancellationToken cancellationToken)
    {
        while (true)
        {
            ThrowIfOver(cancellationToken);
            var result = await WriteOnceAsync(write, cancellationToken).ConfigureAwait(false);
            switch (result)
            {
                case Deferred deferred:
                    _last = TimeIsUp($"{store.Target} put the write off until the time was up ({Seconds})", deferred.Reason);
                    await WaitAsync(deferred.RetryAfter ?? _backoff.Next(), cancellationToken).ConfigureAwait(false);
                    continue;
                case Conflicted conflict:
                    _conflicts++;
                    _last = Conflict = new(
                        FailureKind.Conflict,
                        $"{store.Target} kept changing: gave up after {_conflicts} {(_conflicts == 1 ? "try" : "tries")} in {Seconds}",
                        [conflict.Reason],
                        "try again, or allow more time with --timeout");
                    break;
                case Unsettled unsettled:
                    _last = unsettled.Failure;
                    break;
                default:
                    break;
            }

            return result;
        }
    }

    /// <summary>Waits for the turn among this machine's writers, for a part of the time that is left; null when it does not come. It
    /// does not count as time on the network: the server had no part in it.</summary>
    public Task<IDisposable?> TakeTurnAsync(
        Func<TimeSpan, CancellationToken, Task<IDisposable?>> queue, TimeSpan patience, CancellationToken cancellationToken)
    {
        var part = _time.Left / 4;
        return queue(part < patience ? part : patience, cancellationToken);
    }

    /// <summary>Waits a little before the next attempt.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => WaitAsync(_backoff.Next(), cancellationToken);

    private string Seconds => $"{timeout.TotalSeconds:0.###} s";

    private async Task<WriteResult> WriteOnceAsync(Func<CancellationToken, Task<WriteResult>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await _time.SpendAsync(write, _graceToWrite, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new Unsettled(new(FailureKind.Unreachable, $"no answer from {store.Target} to the write within {Seconds}"));
        }
    }

    // Waiting for the end of the time allowed would help nobody.
    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait >= _time.Left)
        {
            throw new AuthMapException(GiveUp());
        }

        await _time.SpendAsync(
            async token =>
            {
                await Task.Delay(wait, clock, token).ConfigureAwait(false);
                return true;
            },
            TimeSpan.Zero,
            cancellationToken).ConfigureAwait(false);
    }

    private void ThrowIfOver(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_time.IsOver)
        {
            throw new AuthMapException(GiveUp());
        }
    }

    // A store that tries again by itself says why it had to; one that has a hint knows why there was no answer.
    private Failure GiveUp(Failure? reason = null) => _last ?? reason switch
    {
        null => TimeIsUp($"no answer from {store.Target} within {Seconds}"),
        { Hint: null } => TimeIsUp($"gave up after {Seconds}; the last answer: {reason.Message}", [.. reason.Details]),
        _ => reason with { Kind = FailureKind.Unreachable, Message = $"gave up after {Seconds}: {reason.Message}" },
    };

    private static Failure TimeIsUp(string message, params string[] details) =>
        new(FailureKind.Unreachable, message, details, "allow more time with --timeout, or see whether it can be reached at all");
}
