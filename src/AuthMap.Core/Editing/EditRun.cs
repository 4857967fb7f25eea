using AuthMap.Documents;
using AuthMap.Guarding;
using AuthMap.Planning;
using AuthMap.Resolving;

namespace AuthMap.Editing;

/// <summary>One change on its way: the only loop that writes, and what it has to remember from one attempt to the next.</summary>
internal sealed class EditRun(StoreAccess store, IReadOnlyList<Edit> edits, EditorOptions options) : IDisposable
{
    // Whoever has the turn for longer hangs, or was stopped, and then it is better to go on without.
    private static readonly TimeSpan _patienceAtFirst = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _patienceAfterConflict = TimeSpan.FromSeconds(10);

    private readonly string _id = WriteIds.New();
    private readonly ObjectAccess _objects = new(store, edits);
    private readonly Progress _progress = new();
    private IReadOnlyList<Edit> _edits = edits;
    private IReadOnlyList<AccessChange>? _approved;

    // The last attempt whose answer was lost, while it may still have happened or may still arrive.
    private (Attempt Attempt, Failure Failure)? _pending;

    // Who makes the change, once that has been asked.
    private Caller? _caller;

    // The turn among this machine's writers, once it was needed.
    private IDisposable? _turn;

    // An attempt whose fate can never be told.
    private Attempt? _unknown;

    /// <summary>Ends the turn.</summary>
    public void Dispose() => _turn?.Dispose();

    public async Task<Outcome> RunAsync(CancellationToken cancellationToken)
    {
        _objects.Check();
        try
        {
            if (options is { DryRun: false, Turns: { } turns })
            {
                _turn = await store.TakeTurnAsync(turns.JoinAsync, _patienceAtFirst, cancellationToken).ConfigureAwait(false);
            }

            while (true)
            {
                if (await TryOnceAsync(cancellationToken).ConfigureAwait(false) is { } outcome)
                {
                    return outcome;
                }
            }
        }
        catch (Exception exception) when (_pending is not null && exception is AuthMapException or OperationCanceledException)
        {
            var attempt = _pending.Value.Attempt;
            var now = await store.TryReadLateAsync().ConfigureAwait(false);
            var settlement = now is null ? Settlement.Unknown : attempt.Settle(now);
            if (settlement == Settlement.Lost && exception is AuthMapException && store.Conflict is { } conflict)
            {
                throw _progress.Explain(new AuthMapException(conflict, exception), cancellationToken);
            }

            if (settlement != Settlement.Happened)
            {
                throw _progress.Explain(WithPending(exception, cancellationToken), cancellationToken);
            }

            var outcome = Done(attempt, now!);

            _progress.Add(outcome);
            return outcome.Plan.Objects.Any(change => change.IsWithdrawal)
                ? throw _progress.Explain(exception, cancellationToken)
                : _progress.Tell(outcome);
        }
        catch (Exception exception) when (_progress.HasBegun && exception is AuthMapException or OperationCanceledException)
        {
            throw _progress.Explain(exception, cancellationToken);
        }
    }

    private async Task<Outcome?> TryOnceAsync(CancellationToken cancellationToken)
    {
        var read = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (_pending is { } pending)
        {
            switch (pending.Attempt.Settle(read))
            {
                case Settlement.Happened when pending.Attempt.Plan.Objects.Any(change => change.IsWithdrawal):
                    _pending = null;
                    _progress.Add(Done(pending.Attempt, read));
                    break;
                case Settlement.Happened:
                    return _progress.Tell(Done(pending.Attempt, read));
                case Settlement.NotYet:
                    // It stays pending: the next attempt asks for the same version, so at most one of them can happen.
                    await store.WaitAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case Settlement.Lost:
                    _pending = null;
                    break;
                default:
                    _pending = null;
                    GoOnWithoutKnowing(pending.Attempt, pending.Failure);
                    break;
            }
        }

        var plan = Plan(read, await _objects.ReadAsync(cancellationToken).ConfigureAwait(false));
        if (_unknown is not null && !plan.WritesMap)
        {
            _progress.Add(new(OutcomeKind.Written, _unknown.Plan, _unknown.Read, read.Version, [Notice.Note(
                "the answer to the write was lost and another program has rewritten the map since; it is as wanted now")]));
            _unknown = null;
        }

        if (plan.Steps.Count == 0)
        {
            return _progress.Tell(new(OutcomeKind.NothingToDo, plan, read, read.Version, []));
        }

        var attempt = Attempt.Of(_id, read, plan, options.Recorder?.Origin(plan, store.Now));
        var guarded = (await GuardAsync(attempt, cancellationToken).ConfigureAwait(false)).ToLookup(IsToldBeforehand);
        IReadOnlyList<Notice> notices = [.. guarded[false], .. attempt.Notices, .. plan.WritesMap ? store.Preview(attempt) : []];
        if (options.DryRun)
        {
            return new(OutcomeKind.Planned, plan, read, read.Version, notices);
        }

        if (!await ApproveAsync(plan, guarded[true], cancellationToken).ConfigureAwait(false))
        {
            return new(OutcomeKind.Declined, plan, read, read.Version, [.. notices, .. _progress.Lines.Select(line => Notice.Warning(line))]);
        }

        if (plan.WritesMap && options.Prepare is { } prepare)
        {
            await prepare(plan, cancellationToken).ConfigureAwait(false);
        }

        if (!await _objects.WriteAsync(plan.Objects.Where(change => !change.IsWithdrawal), _progress, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        Outcome outcome = new(OutcomeKind.Written, plan, read, read.Version, notices);
        if (plan.WritesMap)
        {
            switch (await WriteMapAsync(attempt, cancellationToken).ConfigureAwait(false))
            {
                case Written written:
                    outcome = outcome with { Version = written.Version };
                    _progress.Add(outcome);
                    break;
                case Unsettled unsettled:
                    _pending = (attempt, unsettled.Failure);
                    return null;
                default:
                    await WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
                    return null;
            }
        }

        return await _objects.WriteAsync(plan.Objects.Where(change => change.IsWithdrawal), _progress, cancellationToken).ConfigureAwait(false)
            ? _progress.Tell(outcome)
            : null;
    }

    // Who has been overtaken once joins the queue; without one, or with writers elsewhere, chance has to part them.
    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (_turn is null && options.Turns is { } turns)
        {
            _turn = await store.TakeTurnAsync(turns.WaitAsync, _patienceAfterConflict, cancellationToken).ConfigureAwait(false);
            if (_turn is not null)
            {
                return;
            }
        }

        await store.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<WriteResult> WriteMapAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var forget = options.Backup?.Invoke(attempt.Read);
        try
        {
            var result = await store.WriteAsync(attempt, cancellationToken).ConfigureAwait(false);
            options.Attempted?.Invoke(attempt, result);
            if (result is Conflicted)
            {
                forget?.Invoke();
            }

            return result;
        }
        catch (Exception exception) when (exception is AuthMapException or OperationCanceledException)
        {
            forget?.Invoke();
            throw;
        }
    }

    private Plan Plan(Snapshot read, ClusterState? cluster)
    {
        var document = AwsAuthDocument.Parse(read.Data, read.Locate);
        try
        {
            return Planner.Plan(document, _progress.HasBegun ? Again(_edits) : _edits, cluster);
        }
        catch (AuthMapException exception) when (exception.Failure.Kind == FailureKind.Refused && read.Locate is not null)
        {
            // The planner knows the keys' texts; a person has the file open.
            var places = document.Sections.Where(section => section.Fatal is not null)
                .Select(section => $"in the file: {store.Target}:{read.Locate(section.Key, section.Fatal!.Position)}: {section.Key.Name()}");
            throw new AuthMapException(exception.Failure with { Details = [.. exception.Failure.Details, .. places] }, exception);
        }
    }

    // Where nothing is written, or it is forced, what the guard says is a warning.
    private async Task<IEnumerable<Notice>> GuardAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var asksWho = store.HasCallers && attempt.Read.Mode != AuthenticationMode.Api && Guard.TakesAway(attempt.Plan);
        _caller ??= asksWho ? await store.WhoAmIAsync(cancellationToken).ConfigureAwait(false) : null;
        var objections = Guard.Check(attempt.Plan, new Facts
        {
            Mode = attempt.Read.Mode,
            Caller = _caller,
        });
        if (objections.Count > 0 && options is { Force: false, DryRun: false })
        {
            throw new AuthMapException(Objection.Refusal(store.Target, objections, store.HasCallers && options.Prepare is null));
        }

        var word = options.Force ? "forced" : "refused without --force";
        return
        [
            .. objections.Select(objection => Notice.Warning($"{word}: {objection.Text}")),
            .. asksWho && _caller is null ? [Notice.Note("who you are is not known here, so your own access is not checked")] : (Notice[])[],
        ];
    }

    private bool IsToldBeforehand(Notice notice) =>
        (notice.Level == NoticeLevel.Note || options.Force) && options is { DryRun: false, Approve: not null, Tell: not null };

    private async ValueTask<bool> ApproveAsync(Plan plan, IEnumerable<Notice> notes, CancellationToken cancellationToken)
    {
        if (options.Approve is null)
        {
            return true;
        }

        var access = plan.AccessChanges;
        if (_approved is not null && access.SequenceEqual(_approved))
        {
            return true;
        }

        // Nobody should wait for a person who thinks.
        _turn?.Dispose();
        _turn = null;
        _approved = access;
        foreach (var note in notes)
        {
            options.Tell!(note);
        }

        return await options.Approve(plan, cancellationToken).ConfigureAwait(false);
    }

    // Creating and removing may be repeated, when what is gone needs not be found again; appending may not.
    private void GoOnWithoutKnowing(Attempt attempt, Failure failure)
    {
        if (_edits.Any(edit => edit is UpsertPrincipal { OnDuplicate: DuplicatePolicy.Append }))
        {
            throw new AuthMapException(NotKnown(failure));
        }

        _unknown = attempt;
        _edits = Again(_edits);
    }

    // What may have been done already need not be found again.
    private static IReadOnlyList<Edit> Again(IReadOnlyList<Edit> edits) =>
    [
        .. edits.Select(edit => edit switch
        {
            RemoveMappings removal => removal with { IgnoreNotFound = true },
            RemoveService removal => removal with { IgnoreNotFound = true },
            _ => edit,
        }),
    ];

    private static Outcome Done(Attempt attempt, Snapshot now) => new(
        OutcomeKind.Written,
        attempt.Plan,
        attempt.Read,
        now.Version,
        [Notice.Note("the answer to the write was lost; reading back shows that it happened")]);

    private Exception WithPending(Exception exception, CancellationToken cancellationToken)
    {
        var lost = _pending!.Value.Failure;
        var told = NotKnown(lost);
        return exception switch
        {
            OperationCanceledException => new OperationCanceledException(told.Message, exception, cancellationToken),
            AuthMapException { Failure: var failure } when failure != lost =>
                new AuthMapException(failure with { Details = [.. failure.Details, $"before that: {told.Message}"] }, exception),
            _ => new AuthMapException(told, exception),
        };
    }

    // Stores say why there was no answer; what that means for the change is said here, for all of them.
    private static Failure NotKnown(Failure lost) => lost with
    {
        Message = $"{lost.Message}; whether the change was written is not known",
        Hint = "list the mappings to see what is there now",
    };
}
