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
    private const int MostTries = 5;

    /// <summary>Undoes it. The way back knows no caller, and nothing may stop it, so neither guard nor person is asked.</summary>
    /// <param name="plan">What was written.</param>
    /// <returns>What the undo did beside its work.</returns>
    /// <exception cref="AuthMapException">It cannot be undone.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(Plan plan)
    {
        var lines = await PutBackUnreadableAsync(plan).ConfigureAwait(false);
        try
        {
            await ApplyAsync([new ReplaceTexts(MapTexts.Of(plan.Before.Data), MapTexts.Of(plan.After.Data), Merge: true)]).ConfigureAwait(false);
            return lines;
        }
        catch (AuthMapException exception) when (exception.Failure.Kind == FailureKind.Conflict && Inverse(plan) is { Count: > 0 } edits)
        {
            // Somebody has changed the very same entries since. What was taken away is given back all the same: it may be the way in.
            await ApplyAsync(edits).ConfigureAwait(false);
            return [.. lines, $"somebody else has changed the same entries meanwhile ({exception.Failure.Message}); what they give is what they gave before this change"];
        }
    }

    // What nobody can read cannot be changed entry by entry; and as long as it stands there, it lets nobody in.
    private async Task<IReadOnlyList<string>> PutBackUnreadableAsync(Plan plan)
    {
        var write = plan.Steps.OfType<WriteAwsAuth>().Single();
        var ours = write.Data.Keys.Concat(write.Removed).ToHashSet(StringComparer.Ordinal);
        for (var tries = 1; ; tries++)
        {
            var live = MapTexts.Of((await new AwsAuthEditor(store, clock).ReadAsync(timeout, CancellationToken.None).ConfigureAwait(false)).Data);
            var broken = AwsAuthDocument.Parse(live.Data).Sections.Where(section => section.Fatal is not null).Select(section => section.Key.Name())
                .Where(key => ours.Contains(key) && live.Data[key] != plan.Before.Data.GetValueOrDefault(key)).ToList();
            if (broken.Count == 0)
            {
                return [];
            }

            var texts = live.Data.Where(pair => !broken.Contains(pair.Key)).Concat(plan.Before.Data.Where(pair => broken.Contains(pair.Key)))
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
            try
            {
                await ApplyAsync([new ReplaceTexts(new(texts), live, Merge: true)]).ConfigureAwait(false);
                return [.. broken.Select(key => $"somebody else has made {key} unreadable meanwhile; it is as it was before this change, without what they wrote")];
            }
            catch (AuthMapException exception) when (exception.Failure.Kind == FailureKind.Conflict && tries < MostTries)
            {
                // They are still at it; perhaps it is readable now.
            }
        }
    }

    private Task<Outcome> ApplyAsync(IReadOnlyList<Edit> edits) => new AwsAuthEditor(store, clock).ApplyAsync(
        edits,
        new(timeout, Force: true) { Recorder = recorder is null ? null : recorder with { Summary = "undone: not confirmed" } },
        CancellationToken.None);

    // Entry by entry; what can be told apart by its ARN or account alone. Of several the last is the one in effect.
    private static List<Edit> Inverse(Plan plan) =>
    [
        .. plan.Changes.Where(change => change.Action != ChangeAction.Unchanged)
            .GroupBy(change => (change.Kind, Identity: MappingIdentity.Of((change.After ?? change.Before)!)))
            .Select(group => (
                group.First().Identity,
                group.Key.Kind,
                Was: plan.Before.Sections.SelectMany(section => section.Entries).Select(entry => entry.Mapping)
                    .LastOrDefault(mapping => (mapping.Kind, MappingIdentity.Of(mapping)) == group.Key)))
            .Select(Edit (entry) => entry switch
            {
                { Was: PrincipalMapping was } => new UpsertPrincipal(was.Kind, was.Arn, was.Username, was.Groups, false, [], DuplicatePolicy.Update),
                { Was: not null } => new UpsertAccount(entry.Identity),
                { Kind: MappingKind.Account } => new RemoveMappings(new(null, entry.Identity, null, null), All: true, IgnoreNotFound: true),
                _ => new RemoveMappings(new(entry.Identity, null, null, null), All: true, IgnoreNotFound: true),
            }),
    ];
}
