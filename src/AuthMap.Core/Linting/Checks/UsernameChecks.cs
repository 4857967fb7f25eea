using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Linting.Checks;

/// <summary>Usernames, and templates in usernames and groups.</summary>
internal static class UsernameChecks
{
    public static IEnumerable<Finding> Check(LintMap map) =>
        map.Principals.SelectMany(item => Usernames(item, item.Principal!).Concat(InBraces(item, item.Principal!)));

    private static IEnumerable<Finding> Usernames(LintItem item, PrincipalMapping mapping)
    {
        var username = mapping.Username;
        if (username.Length == 0)
        {
            // A username of a wrong type is told as such.
            if (!item.HasFault("username"))
            {
                yield return item.Find(Rules.NoUsername, "username", $"{Named(mapping)} has no username");
            }
        }
        else if (char.IsWhiteSpace(username[0]) || char.IsWhiteSpace(username[^1]) || username.Any(char.IsControl))
        {
            yield return item.Find(
                Rules.BlankInUsername, "username", $"the username \"{username}\" has a blank, a line break or a control character in it");
        }

        if (username.Trim() is Templates.SessionName or Templates.SessionNameRaw && IsRole(mapping))
        {
            yield return item.Find(Rules.BareSessionName, "username", $"the username is {username.Trim()} alone, which the caller chooses");
        }
    }

    private static IEnumerable<Finding> InBraces(LintItem item, PrincipalMapping mapping)
    {
        for (var i = -1; i < mapping.Groups.Count; i++)
        {
            var (text, position) = i < 0
                ? (mapping.Username, item.PositionOf("username"))
                : (mapping.Groups[i], item.PositionOfGroup(i));
            foreach (var template in Templates.In(text).Distinct())
            {
                if (Templates.WhyUnknown(template) is { } unknown)
                {
                    yield return item.Find(Rules.UnknownTemplate, position, $"\"{text}\": {unknown}");
                }
                else if (!IsRole(mapping) && Templates.WhyNotForUsers(template) is { } reason)
                {
                    yield return item.Find(Rules.TemplateWithoutSession, position, $"\"{text}\": {reason}");
                }
            }
        }
    }

    /// <summary>Whether callers of this entry have a session: the ARN decides, not the list.</summary>
    private static bool IsRole(PrincipalMapping mapping) =>
        mapping is RoleMapping { Sso: not null } || mapping.Arn.Contains("role/", StringComparison.OrdinalIgnoreCase);

    private static string Named(PrincipalMapping mapping) => mapping.Arn.Length > 0 ? mapping.Arn : "the sso entry";
}
