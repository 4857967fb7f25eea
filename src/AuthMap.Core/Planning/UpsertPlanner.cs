using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>Plans that a mapping should be in effect.</summary>
internal sealed class UpsertPlanner(PlanDraft draft)
{
    private readonly Dictionary<string, Edit> _wishes = new(StringComparer.Ordinal);

    public void Plan(UpsertAccount wish)
    {
        AccountId.Parse(wish.AccountId);
        if (IsRepeated(wish.AccountId, wish, wish.AccountId))
        {
            return;
        }

        if (draft.Index.ByAccount(wish.AccountId) is [var existing, ..])
        {
            draft.Update(existing, username: null, groups: null);
        }
        else
        {
            draft.Append(SectionKey.MapAccounts, new AccountMapping(wish.AccountId));
        }
    }

    public void Plan(UpsertPrincipal wish)
    {
        WishRules.Check(wish);
        if (IsRepeated(Arn.LookupKey(wish.Arn), Normalised(wish), wish.Arn))
        {
            return;
        }

        draft.Notices.AddRange(WishRules.Warn(wish, isRole: wish.Kind == MappingKind.Role));
        var group = draft.Index.ByArn(wish.Arn);
        if (group?.InEffectFor(wish.Arn) is not { } existing)
        {
            PlanNew(wish);
        }
        else if (wish.OnDuplicate == DuplicatePolicy.Append)
        {
            PlanDuplicate(wish, existing);
        }
        else
        {
            PlanUpdate(wish, existing, group);
        }

        foreach (var dead in draft.Index.MeantFor(wish.Arn))
        {
            draft.Notices.Add(Notice.Warning(
                $"{dead.Place}: {dead.Mapping.Identity} {MatchableArn.WhyNot(dead.Mapping.Identity)}; it stays as it is",
                DeadEntry.DeleteArguments(dead, other: null)));
        }
    }

    private void PlanNew(UpsertPrincipal wish)
    {
        if (wish is { Username: null, Groups.Count: 0, RemoveGroups.Count: > 0 })
        {
            throw new AuthMapException(FailureKind.NotFound, $"no mapping of {wish.Arn} to take groups from");
        }

        if (string.IsNullOrEmpty(wish.Username))
        {
            draft.Notices.Add(Notice.Warning(
                $"{wish.Arn} gets no username: kubectl top and other aggregated APIs will turn it away; give one with --username"));
        }

        Append(wish, SectionKeys.For(wish.Kind), wish.Username ?? "", WantedGroups(wish, []));
    }

    private void PlanDuplicate(UpsertPrincipal wish, LocatedEntry existing)
    {
        // An entry of mapUsers would be dead on arrival beside one of mapRoles.
        var mapping = (PrincipalMapping)existing.Mapping;
        var key = existing.Key == SectionKey.MapRoles ? existing.Key : SectionKeys.For(wish.Kind);
        Append(wish, key, wish.Username ?? mapping.Username, WantedGroups(wish, mapping.Groups));
        draft.Notices.Add(Notice.Warning(key == SectionKey.MapUsers && mapping.Arn != wish.Arn
            ? $"{existing.Place} names the same user in different case, and the authenticator picks one of them at random"
            : $"{existing.Place} names the same ARN and is shadowed by the new entry"));
    }

    private void PlanUpdate(UpsertPrincipal wish, LocatedEntry existing, ArnGroup group)
    {
        var mapping = (PrincipalMapping)existing.Mapping;
        var wanted = mapping with { Username = wish.Username ?? mapping.Username, Groups = WantedGroups(wish, mapping.Groups) };
        var username = wanted.Username == mapping.Username ? null : wanted.Username;
        var groups = wanted.Groups.GrantsSameAs(mapping.Groups) ? null : wanted.Groups;
        if (wish.OnDuplicate == DuplicatePolicy.Refuse && (username ?? (object?)groups) is not null)
        {
            throw new AuthMapException(new Failure(
                FailureKind.Failed,
                $"found existing mapping with the same arn \"{wish.Arn}\" and shadowing is disabled",
                [existing.Describe()],
                "without --no-duplicate-arns (in a file: noDuplicateARNs) it is updated in place"));
        }

        draft.Update(existing, username, groups);
        draft.Notices.AddRange(group.Entries
            .Where(other => !ReferenceEquals(other, existing))
            .Select(other => DeadEntry.Warn(other, existing, wanted, group.Standing.Contains(other))));
    }

    private void Append(UpsertPrincipal wish, SectionKey key, string username, GroupList groups) => draft.Append(
        key, key == SectionKey.MapRoles ? new RoleMapping(wish.Arn, username, groups) : new UserMapping(wish.Arn, username, groups));

    // What stays keeps its place; what is new follows. Taking groups away means to keep the others.
    private static GroupList WantedGroups(UpsertPrincipal wish, GroupList existing)
    {
        var given = wish.Groups.ToHashSet(StringComparer.Ordinal);
        var taken = wish.RemoveGroups.ToHashSet(StringComparer.Ordinal);
        var keepsOthers = wish.MergeGroups || taken.Count > 0;
        return GroupList.From(existing.Where(group => keepsOthers || given.Contains(group))
            .Concat(wish.Groups)
            .Where(group => !taken.Contains(group))
            .Distinct(StringComparer.Ordinal));
    }

    private bool IsRepeated(string key, Edit wish, string name)
    {
        if (_wishes.TryAdd(key, wish))
        {
            return false;
        }

        return _wishes[key] == wish ? true : throw new AuthMapException(
            FailureKind.Usage, $"{name} is wanted twice, in different ways", "one of them has to go");
    }

    private static UpsertPrincipal Normalised(UpsertPrincipal wish) => wish with
    {
        Arn = Arn.LookupKey(wish.Arn),
        Groups = GroupList.From(wish.Groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
        RemoveGroups = GroupList.From(wish.RemoveGroups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
    };
}
