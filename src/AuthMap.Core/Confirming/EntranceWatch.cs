using AuthMap.Resolving;

namespace AuthMap.Confirming;

/// <summary>Watches the door after a change, until it is confirmed, the caller is locked out, or the window ends.</summary>
internal sealed class EntranceWatch(string target, IEntrance entrance, ConfirmOptions options, TimeProvider clock)
{
    // A single no may be a webhook's hiccup.
    private const int NoesInARow = 3;

    private static readonly TimeSpan _between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private readonly long _start = clock.GetTimestamp();
    private readonly TaskCompletionSource<SelfReview> _proven = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // How many tries have failed in a row.
    private int _noes;

    /// <summary>Watches.</summary>
    /// <param name="expectation">As whom the caller should enter.</param>
    /// <param name="cancellationToken">Ends it; then nothing is confirmed.</param>
    /// <returns>Null when it is confirmed; else why not, as a sentence.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<string?> RunAsync(Expectation expectation, CancellationToken cancellationToken)
    {
        using var window = new CancellationTokenSource(options.Window, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(window.Token, cancellationToken);
        var probing = ProbeAsync(expectation, over.Token);
        var reason = await Task.WhenAny(probing, _proven.Task).ConfigureAwait(false) == probing
            ? await probing.ConfigureAwait(false)
            : await AskAsync(probing, over.Token).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await probing.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return reason;
    }

    private async Task<string?> AskAsync(Task<string> probing, CancellationToken over)
    {
        if (options.Ask is null)
        {
            return null;
        }

        using var pointless = CancellationTokenSource.CreateLinkedTokenSource(over);
        var asking = options.Ask(await _proven.Task.ConfigureAwait(false), options.Window - clock.GetElapsedTime(_start), pointless.Token);
        await Task.WhenAny(probing, asking).ConfigureAwait(false);

        // Who is just being locked out may not know it yet.
        while (asking is { IsCompletedSuccessfully: true, Result: true } && Volatile.Read(ref _noes) > 0 && !probing.IsCompleted)
        {
            await Task.WhenAny(probing, Task.Delay(_between, clock, CancellationToken.None)).ConfigureAwait(false);
        }

        if (probing.IsCompleted)
        {
            await pointless.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            // An answer that comes with the end comes too late.
            return await asking.ConfigureAwait(false) switch
            {
                _ when probing.IsCompleted => await probing.ConfigureAwait(false),
                true => null,
                false => "you did not want to keep it",
            };
        }
        catch (OperationCanceledException)
        {
            return await probing.ConfigureAwait(false);
        }
    }

    // Ends with what speaks against the change.
    private async Task<string> ProbeAsync(Expectation expectation, CancellationToken over)
    {
        long? goodSince = _start;
        var last = "";
        while (!over.IsCancellationRequested)
        {
            switch (await EnterAsync(over).ConfigureAwait(false))
            {
                case null:
                    break;
                case Entered(var now, _) when expectation.Judge(now) is var showing && showing is Showing.New or Showing.Same:
                    (_noes, last) = (0, "");
                    goodSince ??= clock.GetTimestamp();
                    if (showing == Showing.New || clock.GetElapsedTime(goodSince.Value) >= options.Settling)
                    {
                        _proven.TrySetResult(now);
                    }

                    break;
                case Entered(var now, _) when expectation.Judge(now) == Showing.Old:
                    (_noes, last) = (0, $"{target} still lets you in as before, so what the change means for you did not show");
                    break;
                case Entered(var now, _):
                    (_noes, last) = (_noes + 1, $"you would be {EntranceWords.Of(now)}");
                    break;
                case TurnedAway:
                    (_noes, last) = (_noes + 1, "you could no longer enter (401)");
                    break;
                case Unanswered(var reason, _):
                    (_noes, last) = (_noes + 1, reason);
                    break;
                case NoAnswer(var failure):
                    last = failure.Message;
                    break;
            }

            if (_noes >= NoesInARow)
            {
                return last;
            }

            if (last.Length > 0)
            {
                goodSince = null;
            }

            await Task.Delay(_between, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var window = ConfirmOptions.Words(options.Window);
        return last.Length > 0 ? last
            : _proven.Task.IsCompleted ? $"it was not confirmed within {window}"
            : $"whether you still get in did not show within {window}";
    }

    private async Task<Probe?> EnterAsync(CancellationToken over)
    {
        using var patience = new CancellationTokenSource(_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, over);
        try
        {
            var probe = await entrance.EnterAsync(either.Token).ConfigureAwait(false);
            return over.IsCancellationRequested ? null : probe;
        }
        catch (OperationCanceledException)
        {
            return over.IsCancellationRequested ? null : new NoAnswer(new(FailureKind.Unreachable, $"no answer from {target}"));
        }
    }
}
