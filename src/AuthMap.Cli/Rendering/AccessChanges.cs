using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Cli.Rendering;

/// <summary>One principal whose access differs before and after a plan.</summary>
internal sealed record AccessChange(AccessRow? Before, AccessRow? After)
{
    /// <summary>Those of a plan, in the order of the map.</summary>
    public static IReadOnlyList<AccessChange> Of(Plan plan)
    {
        var before = ByPrincipal(plan.AccessBefore);
        var after = ByPrincipal(plan.AccessAfter);
        return
        [
            .. from key in before.Keys.Union(after.Keys)
               let change = new AccessChange(before.GetValueOrDefault(key), after.GetValueOrDefault(key))
               where !change.GrantsSame
               select change,
        ];
    }

    public AccessRow Row => After ?? Before!;

    private bool GrantsSame =>
        Before is not null && After is not null && Before.Username == After.Username && Before.Groups.GrantsSameAs(After.Groups);

    private static Dictionary<(bool IsAccount, string Principal), AccessRow> ByPrincipal(AccessView view) =>
        view.Rows.ToDictionary(row => (row.Kind == MappingKind.Account, row.Principal.ToLowerInvariant()));
}

/// <summary>Access changes as sentences.</summary>
internal static class AccessText
{
    private const string Admins = "system:masters";

    /// <summary>The lines under <c>access:</c>, each with its sign in front.</summary>
    public static IEnumerable<string> Lines(Plan plan)
    {
        foreach (var change in AccessChange.Of(plan))
        {
            yield return Line(change);
        }

        if (HasAdmin(plan.AccessBefore) && !HasAdmin(plan.AccessAfter))
        {
            yield return $"! nobody is left in {Admins}";
        }
    }

    private static string Line(AccessChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (change.Row.Kind == MappingKind.Account)
        {
            return after is null
                ? $"- everybody of account {before!.Principal} can no longer enter by it"
                : $"+ everybody of account {after.Principal} can enter, without groups";
        }

        var who = $"{Username(change.Row)} ({ChangeLines.KindName(change.Row.Kind)} {ShortName(change.Row.Principal)})";
        var gained = Groups(after).Except(Groups(before)).ToList();
        var lost = Groups(before).Except(Groups(after)).ToList();
        List<string> facts =
        [
            .. before is null ? ["can enter"] : after is null ? ["can no longer enter"] : Array.Empty<string>(),
            .. before is not null && after is not null && before.Username != after.Username ? [$"was {Username(before)}"] : Array.Empty<string>(),
            .. gained.Count > 0 ? [$"gains {string.Join(", ", gained)}"] : Array.Empty<string>(),
            .. lost.Count > 0 ? [$"loses {string.Join(", ", lost)}"] : Array.Empty<string>(),
        ];
        var sign = before is null ? '+' : after is null ? '-' : '~';
        return $"{sign} {who} {string.Join("; ", facts)}";
    }

    private static bool HasAdmin(AccessView view) => view.Rows.Any(row => row.Groups.Contains(Admins));

    private static GroupList Groups(AccessRow? row) => row?.Groups ?? GroupList.Empty;

    private static string Username(AccessRow row) => ChangeLines.UsernameText(row.Username);

    // "arn:aws:iam::111122223333:role/k8sDev" is k8sDev to people.
    private static string ShortName(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}
