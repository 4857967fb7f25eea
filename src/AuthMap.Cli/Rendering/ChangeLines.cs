using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Cli.Rendering;

/// <summary>What a change did, mapping by mapping, and in sum.</summary>
internal static class ChangeLines
{
    public static IEnumerable<string> Of(Change change)
    {
        var sign = change.Action switch
        {
            ChangeAction.Added => '+',
            ChangeAction.Updated => '~',
            ChangeAction.Removed => '-',
            _ => '=',
        };
        var kind = KindName(change.Kind);
        var shown = (change.After ?? change.Before)!;
        if (shown is not PrincipalMapping principal)
        {
            yield return $"{sign} {kind}  {change.Identity}";
            yield break;
        }

        var updatesFrom = change.Action == ChangeAction.Updated ? change.Before as PrincipalMapping : null;
        var groups = updatesFrom is null && principal.Groups.Count > 0 ? $"  ({GroupText(principal.Groups)})" : "";
        yield return $"{sign} {kind}  {IdentityText(principal)}  →  {UsernameText(principal.Username)}{groups}";
        if (updatesFrom is not null)
        {
            if (updatesFrom.Username != principal.Username)
            {
                yield return $"        username: {UsernameText(updatesFrom.Username)}  →  {UsernameText(principal.Username)}";
            }

            if (!updatesFrom.Groups.Equals(principal.Groups))
            {
                yield return $"        groups: {GroupText(updatesFrom.Groups)}  →  {GroupText(principal.Groups)}";
            }
        }
    }

    public static string Summary(Plan plan)
    {
        var changes = plan.Changes;
        string[] parts =
        [
            .. Part(ChangeAction.Added, "added"), .. Part(ChangeAction.Updated, "updated"), .. Part(ChangeAction.Removed, "removed"),
        ];
        return parts.Length > 0 ? string.Join(", ", parts)
            : plan.Steps.Count > 0 ? "other text, and the same mappings"
            : "nothing to do";

        IEnumerable<string> Part(ChangeAction action, string name)
        {
            var count = changes.Count(change => change.Action == action);
            return count == 0 ? [] : [$"{count} {name}"];
        }
    }

    public static string KindName(MappingKind kind) => kind switch
    {
        MappingKind.Role => "role",
        MappingKind.User => "user",
        _ => "account",
    };

    /// <summary>What an entry is about; an <c>sso</c> entry has no ARN.</summary>
    public static string IdentityText(Mapping mapping) =>
        mapping is RoleMapping { Sso: { } sso } ? $"sso {sso.PermissionSetName} in {sso.AccountId}" : mapping.Identity;

    public static string UsernameText(string username) => username.Length > 0 ? username : "(no username)";

    public static string GroupText(GroupList groups) => groups.Count > 0 ? string.Join(", ", groups) : "none";
}
