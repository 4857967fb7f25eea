using AuthMap.Documents;
using AuthMap.Guarding;
using AuthMap.Planning;
using AuthMap.Resolving;

namespace AuthMap.Editing;

/// <summary>One change on its way: the only loop that writes, and what it has to remember from one attempt to the next.</summary>
internal sealed class EditRun(StoreAccess store, IReadOnlyList<Edit> edits, EditorOptions options)
{
    private readonly string _id = WriteIds.New();
    private IReadOnlyList<Edit> _edits = edits;
    private IReadOnlyList<AccessChange>? _approved;

    // The last attempt whose answer was lost, while it may still have happened or may still arrive.
    private (Attempt Attempt, Failure Failure)? _pending;

    // Who makes the change, once that has been asked.
    private Caller? _caller;

    // An attempt whose fate can never be told.
    private Attempt? _unknown;

    public async Task<Outcome> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
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
            return await SettleLateAsync(_pending.Value.Attempt).ConfigureAwait(false) ?? throw WithPending(exception, cancellationToken);
        }
    }

    private async Task<Outcome?> TryOnceAsync(CancellationToken cancellationToken)
    {
        var read = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (_pending is { } pending)
        {
            switch (pending.Attempt.Settle(read))
            {
                case Settlement.Happened:
                    return Done(pending.Attempt, read);
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

        var plan = Plan(read);
        if (plan.Steps.Count == 0)
        {
            return _unknown is null
                ? new(OutcomeKind.NothingToDo, plan, read, read.Version, [])
                : new(OutcomeKind.Written, _unknown.Plan, _unknown.Read, read.Version, [Notice.Note(
                    "the answer to the write was lost and another program has rewritten the map since; it is as wanted now")]);
        }

        var attempt = Attempt.Of(_id, read, plan, options.Recorder?.Origin(plan, store.Now));
        var guarded = await GuardAsync(attempt, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Notice> notices = [.. guarded, .. attempt.Notices, .. store.Preview(attempt)];
        if (options.DryRun)
        {
            return new(OutcomeKind.Planned, plan, read, read.Version, notices);
        }

        if (!await ApproveAsync(plan).ConfigureAwait(false))
        {
            return new(OutcomeKind.Declined, plan, read, read.Version, notices);
        }

        switch (await store.WriteAsync(attempt, cancellationToken).ConfigureAwait(false))
        {
            case Written written:
                return new(OutcomeKind.Written, plan, read, written.Version, notices);
            case Unsettled unsettled:
                _pending = (attempt, unsettled.Failure);
                return null;
            default:
                await store.WaitAsync(cancellationToken).ConfigureAwait(false);
                return null;
        }
    }

    private Plan Plan(Snapshot read)
    {
        var document = AwsAuthDocument.Parse(read.Data, read.Locate);
        try
        {
            return Planner.Plan(document, _edits);
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
        var takesAway = attempt.Read.Mode != AuthenticationMode.Api && Guard.TakesAway(attempt.Plan);
        var asksWho = store.HasCallers && takesAway;
        _caller ??= asksWho ? await store.WhoAmIAsync(cancellationToken).ConfigureAwait(false) : null;
        var objections = Guard.Check(attempt.Plan, new Facts
        {
            Mode = attempt.Read.Mode,
            Caller = _caller,
            // Restoring gives back on purpose, too; only a removal gives by accident.
            MayGrant = _edits.Any(edit => edit is not RemoveMappings),
        });
        if (objections.Count > 0 && options is { Force: false, DryRun: false })
        {
            throw new AuthMapException(Objection.Refusal(store.Target, objections));
        }

        var word = options.Force ? "forced" : "refused without --force";
        return
        [
            .. objections.Select(objection => Notice.Warning($"{word}: {objection.Text}")),
            .. asksWho && _caller is null ? [Notice.Note("who you are is not known here, so your own access is not checked")] : (Notice[])[],
            .. takesAway && attempt.Read.Mode == AuthenticationMode.ApiAndConfigMap
                ? [Notice.Note("access entries are not looked at: who has one still enters by it")]
                : (Notice[])[],
        ];
    }

    private async ValueTask<bool> ApproveAsync(Plan plan)
    {
        if (options.Approve is null)
        {
            return true;
        }

        var access = AccessDiff.Compute(plan.AccessBefore, plan.AccessAfter);
        if (_approved is not null && access.SequenceEqual(_approved))
        {
            return true;
        }

        _approved = access;
        return await options.Approve(plan).ConfigureAwait(false);
    }

    // Creating and removing may be repeated, when what is gone needs not be found again; appending may not.
    private void GoOnWithoutKnowing(Attempt attempt, Failure failure)
    {
        if (_edits.Any(edit => edit is UpsertPrincipal { OnDuplicate: DuplicatePolicy.Append }))
        {
            throw new AuthMapException(NotKnown(failure));
        }

        _unknown = attempt;
        _edits = [.. _edits.Select(edit => edit is RemoveMappings removal ? removal with { IgnoreNotFound = true } : edit)];
    }

    private async Task<Outcome?> SettleLateAsync(Attempt attempt) =>
        await store.TryReadLateAsync().ConfigureAwait(false) is { } now && attempt.Settle(now) == Settlement.Happened
            ? Done(attempt, now)
            : null;

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
