using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Cli.Rendering;

/// <summary>Access changes as sentences.</summary>
internal static class AccessText
{
    /// <summary>The lines under <c>access:</c>, each with its sign in front.</summary>
    public static IEnumerable<string> Lines(Plan plan)
    {
        foreach (var change in plan.AccessChanges)
        {
            yield return change.Kind == MappingKind.Account ? AccountLine(change) : PrincipalLine(change);
        }

        if (HasAdmin(plan.AccessBefore) && !HasAdmin(plan.AccessAfter))
        {
            yield return $"! nobody is left in {SystemNames.Masters}";
        }
    }

    private static string AccountLine(AccessChange change) => change.After is null
        ? $"- nobody of account {change.Principal} can enter by its account any longer"
        : $"+ everybody of account {change.Principal} can enter, without groups";

    private static string PrincipalLine(AccessChange change)
    {
        var (before, after) = (change.Before, change.After);
        var username = ChangeLines.UsernameText((after ?? before)!.Username);
        var name = $"{ChangeLines.KindName(change.Kind)} {ShortName(change.Principal)}";
        var who = IsNode(after ?? before!) ? $"nodes of {name}" : $"{username} ({name})";
        var (enters, entered) = IsNode(after ?? before!) ? ("can join", "can no longer join") : ("can enter", "can no longer enter");
        var gained = Groups(after).Except(Groups(before)).ToList();
        var lost = Groups(before).Except(Groups(after)).ToList();
        var sign = before is null ? '+' : after is null ? '-' : '~';
        string?[] facts =
        [
            before is null ? enters : after is null ? entered : null,
            before is not null && after is not null && before.Username != after.Username
                ? $"was {ChangeLines.UsernameText(before.Username)}"
                : null,
            gained.Count > 0 ? $"gains {string.Join(", ", gained)}" : null,
            lost.Count > 0 ? $"loses {string.Join(", ", lost)}" : null,
        ];
        return $"{sign} {who} {string.Join("; ", facts.OfType<string>())}";
    }

    private static bool IsNode(Access access) => SystemNames.IsNodeUser(access.Username);

    private static bool HasAdmin(AccessView view) => view.Rows.Any(row => row.Groups.Contains(SystemNames.Masters));

    private static GroupList Groups(Access? access) => access?.Groups ?? [];

    // "arn:aws:iam::111122223333:role/k8sDev" is k8sDev to people.
    private static string ShortName(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}
