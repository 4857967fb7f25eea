using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Linting.Checks;

/// <summary>Entries of which only one counts.</summary>
internal static class DuplicateChecks
{
    public static IEnumerable<Finding> Check(LintMap map)
    {
        foreach (var item in map.Items)
        {
            switch (item.Status)
            {
                case { Reachability: Reachability.Shadowed, Located.Mapping: AccountMapping account }:
                    yield return item.Find(Rules.DuplicateAccount, item.Node.Position, $"{item.Status.Reason}, {account.AccountId}") with
                    {
                        Mend = Remove(item),
                    };
                    break;
                case { Reachability: Reachability.Shadowed }:
                    yield return item.Find(Rules.ShadowedEntry, item.ArnField, $"{item.Principal!.Arn}: {item.Status.Reason}") with
                    {
                        Mend = Remove(item),
                    };
                    break;
                case { Reachability: Reachability.Ambiguous }:
                    yield return item.Find(Rules.AmbiguousUser, item.ArnField, $"{item.Principal!.Arn}: {item.Status.Reason}");
                    break;
                default:
                    break;
            }

            var groups = item.Principal?.Groups ?? [];
            for (var i = 1; i < groups.Count; i++)
            {
                if (groups[i].Length > 0 && groups.Take(i).Contains(groups[i]))
                {
                    yield return item.Find(Rules.RepeatedGroup, item.PositionOfGroup(i), $"the group {groups[i]} is listed above already");
                }
            }
        }
    }

    private static Mend Remove(LintItem item) => new(item.Index, "removed: it did nothing", Splices: null);
}
