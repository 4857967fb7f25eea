using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>Plans that what nobody wants is gone. It comes after all other wishes.</summary>
internal static class PrunePlanner
{
    public static void Plan(PlanDraft draft, PruneOthers wish)
    {
        HashSet<LocatedEntry> kept = new(ReferenceEqualityComparer.Instance);
        foreach (var selector in wish.Keep)
        {
            var matches = selector.Select(draft.Index).Entries;
            kept.UnionWith(matches);
            if (matches.Count == 0)
            {
                draft.Notices.Add(Notice.Warning($"no mapping matches {selector}, which is to be kept"));
            }
        }

        var others = draft.Index.All
            .Where(entry => wish.Keys.Contains(entry.Key) && !draft.IsKept(entry) && !kept.Contains(entry))
            .ToList();
        foreach (var entry in others.Where(entry => !IsNode(entry.Mapping)))
        {
            draft.Remove(entry);
        }

        // The cluster's own machines are rarely in such a list, and never to be put out by its silence.
        if (others.Count(entry => IsNode(entry.Mapping)) is var nodes and > 0)
        {
            draft.Notices.Add(Notice.Note($"{nodes} {(nodes == 1 ? "mapping of nodes or Fargate pods is" : "mappings of nodes or Fargate pods are")} kept"));
        }
    }

    private static bool IsNode(Mapping mapping) => mapping is PrincipalMapping principal && SystemNames.IsNode(principal.Username, principal.Groups);
}
