using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.History;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Confirming;

/// <summary>Undoes a change on the map as it is now, so that what others changed meanwhile stays.</summary>
/// <param name="store">The way back.</param>
/// <param name="clock">Time.</param>
/// <param name="timeout">How long it is tried.</param>
/// <param name="recorder">Who writes, for the history; null keeps none.</param>
internal sealed class Undoing(IAwsAuthStore store, TimeProvider clock, TimeSpan timeout, Recorder? recorder)
{
    /// <summary>Undoes it. The way back knows no caller, and nothing may stop it, so neither guard nor person is asked.</summary>
    /// <param name="plan">What was written.</param>
    /// <returns>What the undo did beside its work.</returns>
    /// <exception cref="AuthMapException">It cannot be undone.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(Plan plan)
    {
        var (before, after) = (MapTexts.Of(plan.Before.Data), MapTexts.Of(plan.After.Data));
        try
        {
            await ApplyAsync([new ReplaceTexts(before, after, Merge: true)]).ConfigureAwait(false);
            return [];
        }
        catch (AuthMapException exception) when (exception.Failure.Kind == FailureKind.Conflict && Inverse(plan) is { Count: > 0 } edits)
        {
            // Somebody has changed the very same entries since. What was taken away is given back all the same: it may be the way in.
            await ApplyAsync(edits).ConfigureAwait(false);
            return [$"somebody else has changed the same entries meanwhile ({exception.Failure.Message}); they are as they were before both changes"];
        }
    }

    private Task<Outcome> ApplyAsync(IReadOnlyList<Edit> edits) => new AwsAuthEditor(store, clock).ApplyAsync(
        edits,
        new(timeout, Force: true) { Recorder = recorder is null ? null : recorder with { Summary = "undone: not confirmed" } },
        CancellationToken.None);

    // Entry by entry; what can be told apart by its ARN or account alone.
    private static List<Edit> Inverse(Plan plan)
    {
        List<Edit> edits = [];
        foreach (var change in plan.Changes.Where(change => change.Action != ChangeAction.Unchanged))
        {
            switch (change.Before)
            {
                case PrincipalMapping principal:
                    edits.Add(new UpsertPrincipal(
                        principal.Kind, principal.Arn, principal.Username, principal.Groups, false, [], DuplicatePolicy.Update));
                    break;
                case not null:
                    edits.Add(new UpsertAccount(change.Identity));
                    break;
                case null:
                    edits.Add(new RemoveMappings(
                        change.Kind == MappingKind.Account ? new(null, change.Identity, null, null) : new(change.Identity, null, null, null),
                        All: true,
                        IgnoreNotFound: true));
                    break;
            }
        }

        return edits;
    }
}
