using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>Plans that entries should be gone.</summary>
internal sealed class RemovalPlanner(PlanDraft draft)
{
    public void Plan(RemoveMappings wish)
    {
        if (wish.Selector.IsEmpty)
        {
            throw new AuthMapException(
                FailureKind.Usage, "nothing says which mapping to remove", "give --arn, --account, --username or --group");
        }

        var selection = wish.Selector.Select(draft.Index);
        draft.Notices.AddRange(selection.Notices);
        if (selection.Entries.Count > 1 && !wish.All)
        {
            throw new AuthMapException(new Failure(
                FailureKind.Refused,
                $"{selection.Entries.Count} entries match {wish.Selector}",
                [.. selection.Entries.Select(entry => entry.Describe())],
                "name one of them more closely, or remove all with --all"));
        }

        if (selection.Entries.Count == 0)
        {
            PlanNothing(wish);
        }

        foreach (var entry in selection.Entries)
        {
            draft.Remove(entry);
        }
    }

    /// <summary>Who still enters although an entry of his was removed, and how.</summary>
    public static IEnumerable<Notice> WhoStillEnters(PlanDraft draft, Plan plan)
    {
        var (before, after) = (plan.AccessBefore.Index, plan.AccessAfter.Index);
        var said = new HashSet<string>(StringComparer.Ordinal);
        var removed = draft.Removed.ToHashSet<LocatedEntry>(ReferenceEqualityComparer.Instance);
        foreach (var entry in draft.Removed)
        {
            if (entry.Mapping is not PrincipalMapping { Arn.Length: > 0 } mapping || !said.Add(Arn.LookupKey(mapping.Arn)))
            {
                continue;
            }

            var (was, stays) = (before[Arn.LookupKey(mapping.Arn)], after[Arn.LookupKey(mapping.Arn)]);
            if (stays is [.., var row])
            {
                var how = $"{mapping.Arn} still enters as {MappingText.Describe(row.Username, row.Groups)}: " +
                    PlaceOf(draft, removed, row);
                var isNew = !was.Any(old => old.Key == row.Key && old.Username == row.Username && old.Groups.Equals(row.Groups));
                yield return isNew ? Notice.Warning($"{how}, which was shadowed until now") : Notice.Note(how);
            }
            else if (was.Count > 0 && after.AccountOf(mapping.Arn) is { } account)
            {
                yield return Notice.Warning(
                    $"{mapping.Arn} still enters, under its ARN and without groups: {PlaceOf(draft, removed, account)} " +
                    $"lets in all of account {account.Principal}");
            }
        }
    }

    // The new text is not in the file yet, so the line is that of the entry as it stands.
    private static string PlaceOf(PlanDraft draft, HashSet<LocatedEntry> removed, AccessRow row)
    {
        var entries = row.Kind == MappingKind.Account ? draft.Index.ByAccount(row.Principal) : draft.Index.ByArn(row.Principal)?.Entries ?? [];
        return entries.LastOrDefault(entry => entry.Key == row.Key && !removed.Contains(entry)
            && (entry.Mapping is not PrincipalMapping mapping || (mapping.Username == row.Username && mapping.Groups.Equals(row.Groups))))?.Place
            ?? $"{row.Key.Name()} line {row.Position.Line}";
    }

    private void PlanNothing(RemoveMappings wish)
    {
        // What cannot be read may well hold the entry.
        var unread = draft.Index.Document.Sections.Where(section => section.Fatal is not null && MayHold(section.Key, wish.Selector));
        if (unread.FirstOrDefault() is { Fatal: { } fault } broken)
        {
            throw new AuthMapException(new Failure(
                FailureKind.Refused,
                $"no mapping of {wish.Selector} is seen, and {broken.Key.Name()} cannot be read",
                [$"line {fault.Position.Line}: {fault.Message}"],
                "mend the text first"));
        }

        if (wish.All || wish.IgnoreNotFound)
        {
            draft.Notices.Add(Notice.Note($"no mapping of {wish.Selector}"));
            return;
        }

        throw new AuthMapException(
            new Failure(FailureKind.NotFound, $"no mapping of {wish.Selector}", Others(wish.Selector), Hint(wish.Selector)));
    }

    private static bool MayHold(SectionKey key, Selector selector) =>
        (key == SectionKey.MapAccounts) == (selector is { Account: not null, Arn: null, Username: null, Group: null });

    // What is there in its place: the ARN with other values, or in a form that never matches.
    private List<string> Others(Selector selector)
    {
        if (selector.Arn is null)
        {
            return [];
        }

        var arnAlone = new Selector(selector.Arn, null, null, null).Select(draft.Index).Entries;
        return [.. arnAlone.Concat(draft.Index.MeantFor(selector.Arn)).Select(entry => entry.Describe())];
    }

    private static string? Hint(Selector selector) =>
        selector.Arn is { } arn && !PrincipalArn.TryParse(arn, keepPath: false, out _, out var failure) ? failure.Message : null;
}
