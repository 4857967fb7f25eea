using AuthMap.Documents;
using AuthMap.Merging;

namespace AuthMap.Planning;

/// <summary>Plans that the three texts are replaced as a whole.</summary>
internal static class ReplacementPlanner
{
    public static Plan Plan(AwsAuthDocument before, ReplaceTexts wish)
    {
        var live = MapTexts.Of(before.Data);
        if (live.IsSameAs(wish.Base))
        {
            return Plan(before, wish, []);
        }

        if (!wish.Merge)
        {
            throw new AuthMapException(FailureKind.Conflict, "the map was changed meanwhile", "look at what is there now, and try again");
        }

        var merged = MapMerge.Merge(wish.Base, wish.Texts, live, out var overlaps);
        return overlaps.Count == 0
            ? Plan(before, new(merged, live), [Notice.Note("the map was changed meanwhile; that stays, and this change is made to it")])
            : throw new AuthMapException(new Failure(
                FailureKind.Conflict, "the map was changed meanwhile in the same places", overlaps, "look at what is there now, and try again"));
    }

    private static Plan Plan(AwsAuthDocument before, ReplaceTexts wish, IReadOnlyList<Notice> notices)
    {
        var data = before.Data.Where(pair => !wish.Base.Data.ContainsKey(pair.Key)).Concat(wish.Texts.Data);
        var after = AwsAuthDocument.Parse(data.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
        var changed = wish.Texts.Data
            .Where(pair => before.Data.GetValueOrDefault(pair.Key) != pair.Value)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var removed = wish.Base.Data.Keys.Except(wish.Texts.Data.Keys, StringComparer.Ordinal).ToList();
        return new(
            before,
            after,
            [.. SectionKeys.All.SelectMany(key => Changes(before, after, key))],
            notices,
            AccessView.Of(before),
            AccessView.Of(after),
            changed.Count + removed.Count == 0 ? [] : [new WriteAwsAuth(changed, removed)]);
    }

    // Entries of one identity are paired in their order; what is the same in both is no change.
    private static IEnumerable<Change> Changes(AwsAuthDocument before, AwsAuthDocument after, SectionKey key)
    {
        var left = before[key].Entries.ToLookup(entry => MappingIdentity.Of(entry.Mapping), StringComparer.Ordinal);
        var right = after[key].Entries.ToLookup(entry => MappingIdentity.Of(entry.Mapping), StringComparer.Ordinal);
        foreach (var identity in left.Select(group => group.Key).Union(right.Select(group => group.Key), StringComparer.Ordinal))
        {
            var (old, now) = (left[identity].ToList(), right[identity].ToList());
            for (var i = 0; i < Math.Max(old.Count, now.Count); i++)
            {
                var (was, becomes) = (old.ElementAtOrDefault(i), now.ElementAtOrDefault(i));
                var mapping = (becomes ?? was)!.Mapping;
                if (was?.Mapping != becomes?.Mapping)
                {
                    yield return new(
                        was is null ? ChangeAction.Added : becomes is null ? ChangeAction.Removed : ChangeAction.Updated,
                        mapping.Kind,
                        mapping.Identity,
                        was?.Mapping,
                        becomes?.Mapping,
                        (becomes ?? was)!.Position.Line);
                }
            }
        }
    }
}
