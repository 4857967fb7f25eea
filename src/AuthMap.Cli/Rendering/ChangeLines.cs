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

    /// <summary>What was done, counted.</summary>
    public static string Summary(Plan plan) =>
        Counted(plan) is { Count: > 0 } parts ? string.Join(", ", parts.Select(part => $"{part.Count} {part.Done}"))
        : plan.Steps.Count > 0 ? OtherText
        : "nothing to do";

    /// <summary>What would be done, counted.</summary>
    public static string Prospect(Plan plan) =>
        Counted(plan) is { Count: > 0 } parts ? $"would {string.Join(", ", parts.Select(part => $"{part.ToDo} {part.Count}"))}"
        : plan.Steps.Count > 0 ? OtherText
        : "no difference";

    private const string OtherText = "other text, and the same mappings";

    private static List<(int Count, string Done, string ToDo)> Counted(Plan plan)
    {
        var actions = plan.Changes.Select(change => change.Action).Concat(plan.Objects.Select(change => change.Action)).ToLookup(action => action);
        return
        [
            .. new[]
            {
                (actions[ChangeAction.Added].Count(), "added", "add"),
                (actions[ChangeAction.Updated].Count(), "updated", "update"),
                (actions[ChangeAction.Removed].Count(), "removed", "remove"),
            }.Where(part => part.Item1 > 0),
        ];
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
