using AuthMap.Mappings;
using AuthMap.Planning;
using AuthMap.Rbac;

namespace AuthMap.Cli.Rendering;

/// <summary>What a change did, mapping by mapping, and in sum.</summary>
internal static class ChangeLines
{
    public static IEnumerable<string> Of(Change change)
    {
        var sign = Sign(change.Action);
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

    public static string Of(ObjectChange change)
    {
        var shown = change.After is RbacBinding { Subjects: var subjects } ? $"  →  {string.Join(", ", subjects)}" : "";
        return $"{Sign(change.Action)} {change.Key.Kind}  {change.Key.Namespace}/{change.Key.Name}{shown}";
    }

    public static string Summary(Plan plan)
    {
        List<ChangeAction> actions = [.. plan.Changes.Select(change => change.Action), .. plan.Objects.Select(change => change.Action)];
        string[] parts =
        [
            .. Part(ChangeAction.Added, "added"), .. Part(ChangeAction.Updated, "updated"), .. Part(ChangeAction.Removed, "removed"),
        ];
        return parts.Length > 0 ? string.Join(", ", parts)
            : plan.Steps.Count > 0 ? "other text, and the same mappings"
            : "nothing to do";

        IEnumerable<string> Part(ChangeAction action, string name)
        {
            var count = actions.Count(done => done == action);
            return count == 0 ? [] : [$"{count} {name}"];
        }
    }

    private static char Sign(ChangeAction action) => action switch
    {
        ChangeAction.Added => '+',
        ChangeAction.Updated => '~',
        ChangeAction.Removed => '-',
        _ => '=',
    };

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
