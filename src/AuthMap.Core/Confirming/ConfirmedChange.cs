using AuthMap.Editing;
using AuthMap.Planning;
using AuthMap.Resolving;

namespace AuthMap.Confirming;

/// <summary>
/// A change as a router's <c>commit confirmed</c>: a way back is made first, then it is written, then the caller enters anew; unless
/// that works and is confirmed in time, the change is undone.
/// </summary>
/// <param name="store">Where the map lives.</param>
/// <param name="clock">Time.</param>
/// <param name="options">How it is confirmed.</param>
public sealed class ConfirmedChange(IAwsAuthStore store, TimeProvider clock, ConfirmOptions options)
{
    // What an undo may take when the network is bad; the way back lives that much longer than the window.
    private static readonly TimeSpan _reserve = TimeSpan.FromMinutes(13);

    // What is left of it for the undo when it took long to learn whether there is something to undo.
    private static readonly TimeSpan _leastReserve = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan _timeToRemove = TimeSpan.FromSeconds(30);

    private EditorOptions _editor = new(TimeSpan.Zero);
    private IWayBack? _wayBack;

    // The last attempt that happened, or may have.
    private (Attempt Attempt, WriteResult Result)? _sent;

    private SelfReview? _before;
    private ManualWay? _manual;
    private IDisposable? _protection;

    /// <summary>Sees to it, before anybody is asked anything, that the caller can enter anew and be seen; after a read. The change
    /// itself does that, too, before its plan is approved.</summary>
    /// <param name="timeout">The time allowed.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AuthMapException">Nothing could be confirmed here (<see cref="FailureKind.Unconfirmed"/>), or nothing was to be
    /// learnt.</exception>
    public Task CheckAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _editor = new(timeout);
        return SeeAsync(cancellationToken);
    }

    /// <summary>Makes the map meet the wishes, and undoes it unless it is confirmed. Nothing is made where nothing is written.</summary>
    /// <param name="edits">The wishes.</param>
    /// <param name="editor">How the change is carried out.</param>
    /// <param name="written">Hears of the write before it is confirmed.</param>
    /// <param name="cancellationToken">Cancels it; what was written by then is undone first.</param>
    /// <returns>The outcome; when aws-auth was written, it was confirmed.</returns>
    /// <exception cref="AuthMapException">It failed, or was undone (<see cref="FailureKind.Unconfirmed"/>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and what was written is undone.</exception>
    public async Task<Outcome> ApplyAsync(
        IReadOnlyList<Edit> edits, EditorOptions editor, Action<Outcome> written, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(editor);
        ArgumentNullException.ThrowIfNull(written);
        _editor = editor;
        try
        {
            var outcome = await WriteAsync(edits, cancellationToken).ConfigureAwait(false);
            if (outcome is { Kind: OutcomeKind.Planned, Plan.WritesMap: true })
            {
                return await ForeseeAsync(outcome, cancellationToken).ConfigureAwait(false);
            }

            if (_sent is null || outcome.Kind != OutcomeKind.Written)
            {
                return outcome;
            }

            string? reason;
            try
            {
                written(outcome);
                reason = await WatchAsync(outcome.Plan, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                // Whatever it is, a closed pipe say: what was not confirmed does not stay.
                _ = await UndoAsync().ConfigureAwait(false);
                options.Say(Notice.Warning($"{store.Target}: the change was undone"));
                throw;
            }

            if (reason is null)
            {
                return outcome;
            }

            throw Undone(reason, await UndoAsync().ConfigureAwait(false), cancellationToken);
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
            _protection?.Dispose();
        }
    }

    private async Task<Outcome> WriteAsync(IReadOnlyList<Edit> edits, CancellationToken cancellationToken)
    {
        try
        {
            return await new AwsAuthEditor(store, clock).ApplyAsync(
                edits,
                _editor with
                {
                    Approve = _editor.Approve is null ? null : ApproveAsync,
                    Prepare = PrepareAsync,
                    Attempted = (attempt, result) => _sent = result is Written or Unsettled ? (attempt, result) : _sent,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (_sent is not null && exception is AuthMapException or OperationCanceledException)
        {
            throw await SettleAsync(exception, cancellationToken).ConfigureAwait(false);
        }
    }

    // What was written is undone; what may have been, once that is known.
    private async Task<Exception> SettleAsync(Exception exception, CancellationToken cancellationToken)
    {
        var (attempt, result) = _sent!.Value;
        var reason = result is Unsettled lost ? lost.Failure.Message : exception.Message;
        var asking = new WrittenOrNot(_wayBack!.Store, clock);
        switch (result is Written ? Settlement.Happened : await FindOutAsync())
        {
            case Settlement.Happened:
                return Undone(reason, await UndoAsync().ConfigureAwait(false), cancellationToken);
            case Settlement.Lost:
                return NotWritten(exception, reason, cancellationToken);
            default:
                // The way back stays: it may be needed.
                _wayBack = null;
                return new AuthMapException(
                    new Failure(
                        FailureKind.Failed,
                        $"{store.Target}: IT IS NOT KNOWN WHETHER THE CHANGE WAS WRITTEN: {asking.Reason}",
                        [reason, $"to undo it by hand, {_manual!.Until}:", _manual.Command],
                        "list the mappings to see what is there now"),
                    exception);
        }

        Task<Settlement> FindOutAsync()
        {
            var until = _wayBack!.Expires - _leastReserve;
            options.Say(Notice.Note(
                $"the answer to the write was lost; asking {store.Target} what became of it, for {ConfirmOptions.Words(until - clock.GetUtcNow())} at most"));
            return asking.FindOutAsync(attempt, until);
        }
    }

    // What the editor could not know is known now.
    private static Exception NotWritten(Exception exception, string lost, CancellationToken cancellationToken)
    {
        const string Known = "the change was not written, and cannot be any more";
        return exception switch
        {
            AuthMapException { Failure: var failure } when failure.Message.StartsWith(lost, StringComparison.Ordinal) =>
                new AuthMapException(new Failure(failure.Kind, $"{lost}; {Known}"), exception),
            AuthMapException { Failure: var failure } => new AuthMapException(
                failure with { Details = [.. failure.Details.Where(line => !line.Contains(lost, StringComparison.Ordinal)), Known] }, exception),
            _ => new OperationCanceledException(cancellationToken),
        };
    }

    private Exception Undone(string reason, IReadOnlyList<string> lines, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? new OperationCanceledException(
            string.Join("; ", [$"the change to {store.Target} was undone", .. lines]), new OperationCanceledException(cancellationToken), cancellationToken)
        : new AuthMapException(new Failure(FailureKind.Unconfirmed, $"{store.Target}: the change was undone: {reason}", lines, null));

    // Who learns only after the question that nothing can be confirmed was asked in vain.
    private async ValueTask<bool> ApproveAsync(Plan plan, CancellationToken cancellationToken)
    {
        if (plan.WritesMap)
        {
            await SeeAsync(cancellationToken).ConfigureAwait(false);
        }

        return await _editor.Approve!(plan, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome> ForeseeAsync(Outcome planned, CancellationToken cancellationToken)
    {
        try
        {
            await SeeAsync(cancellationToken).ConfigureAwait(false);
            return planned;
        }
        catch (AuthMapException exception)
        {
            var warning = Notice.Warning($"without --dry-run it would not be written: {exception.Failure.Message}");
            return planned with { Notices = [.. planned.Notices, warning] };
        }
    }

    private async Task SeeAsync(CancellationToken cancellationToken) =>
        _before ??= await new Admission(store, clock, options, _editor).EnterAsync(cancellationToken).ConfigureAwait(false);

    private async Task PrepareAsync(Plan plan, CancellationToken cancellationToken)
    {
        if (_wayBack is null)
        {
            _protection = options.Protect();
            await SeeAsync(cancellationToken).ConfigureAwait(false);
            var life = options.Window + _editor.Timeout + _reserve;
            _wayBack = await new Admission(store, clock, options, _editor).OpenWayBackAsync(life, cancellationToken).ConfigureAwait(false);
        }

        var isNew = _manual is null;
        _manual = new(_wayBack.Kubeconfig, _wayBack.KeepPatch(TextsBefore(plan)), _wayBack.Expires);
        if (isNew)
        {
            options.Announce(_manual);
        }
    }

    private async Task<string?> WatchAsync(Plan plan, CancellationToken cancellationToken)
    {
        if (plan.Objects.Any(change => change.Action != ChangeAction.Unchanged))
        {
            options.Say(Notice.Note("the Role and RoleBinding are not part of what may be undone"));
        }

        try
        {
            options.Say(Notice.Note($"trying whether you still get in, for {ConfirmOptions.Words(options.Window)} at most"));
            return await new EntranceWatch(store.Target, store.Entrance!, options, clock)
                .RunAsync(new(plan, _before!), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return "interrupted";
        }
    }

    private async Task<IReadOnlyList<string>> UndoAsync()
    {
        var (plan, wasThere) = (_sent!.Value.Attempt.Plan, _sent.Value.Attempt.Read.Exists);
        var left = _wayBack!.Expires - clock.GetUtcNow();
        var timeout = TimeSpan.FromTicks(Math.Clamp(left.Ticks, _timeToRemove.Ticks, _reserve.Ticks));
        try
        {
            options.Say(Notice.Note($"undoing the change to {store.Target}"));
            var lines = await new Undoing(_wayBack.Store, clock, timeout, _editor.Recorder).RunAsync(plan).ConfigureAwait(false);
            return wasThere ? lines : [.. lines, "the ConfigMap aws-auth, which was not there before, stays, without these mappings"];
        }
        catch (AuthMapException exception)
        {
            // The way back stays: it is what is left.
            _wayBack = null;
            var failure = exception.Failure;
            throw new AuthMapException(
                new Failure(
                    FailureKind.Failed,
                    $"{store.Target}: THE CHANGE COULD NOT BE UNDONE: {failure.Message}",
                    [.. failure.Details, $"by hand, {_manual!.Until}:", _manual.Command],
                    null),
                exception);
        }
    }

    private async Task CloseAsync()
    {
        if (_wayBack is null)
        {
            return;
        }

        using var time = new CancellationTokenSource(_timeToRemove, clock);
        foreach (var left in await _wayBack.CloseAsync(time.Token).ConfigureAwait(false))
        {
            options.Say(Notice.Warning($"{left}; the next change with --confirm-within removes it once it has expired"));
        }
    }

    private static Dictionary<string, string?> TextsBefore(Plan plan)
    {
        var write = plan.Steps.OfType<WriteAwsAuth>().Single();
        return write.Data.Keys.Concat(write.Removed)
            .ToDictionary(key => key, key => plan.Before.Data.GetValueOrDefault(key), StringComparer.Ordinal);
    }
}
