using AuthMap.Arns;
using AuthMap.Mappings;

namespace AuthMap.Linting.Checks;

/// <summary>Groups of entries.</summary>
internal static class GroupChecks
{
    private const string Masters = SystemNames.Masters;

    public static IEnumerable<Finding> Check(LintMap map)
    {
        var allowed = map.Settings.AllowedMasters.Select(Arn.LookupKey).ToHashSet(StringComparer.Ordinal);
        return map.Principals.SelectMany(item => Check(item, allowed));
    }

    private static IEnumerable<Finding> Check(LintItem item, HashSet<string> allowed)
    {
        var mapping = item.Principal!;
        if (mapping.Groups.Count == 0 && !item.HasFault("groups") && !item.UnknownFields.Any(field => item.Meant(field.Key.Value) == "groups"))
        {
            yield return item.Find(Rules.NoGroups, "groups", $"{(mapping.Arn.Length > 0 ? mapping.Arn : "the sso entry")} has no groups");
        }

        for (var i = 0; i < mapping.Groups.Count; i++)
        {
            var group = mapping.Groups[i];
            if (Odd(group) is { } odd && !item.HasFault($"groups[{i}]"))
            {
                yield return item.Find(Rules.OddGroup, item.PositionOfGroup(i), odd);
            }

            if (group == Masters && !allowed.Contains(Arn.LookupKey(mapping.Arn)))
            {
                yield return item.Find(Rules.Masters, item.PositionOfGroup(i), $"{mapping.Arn} is in {Masters}");
            }
        }
    }

    private static string? Odd(string group) =>
        group.Length == 0 ? "a group is empty"
        : group.Contains(" - ", StringComparison.Ordinal) ? $"\"{group}\" is one group, not several: a dash is indented too deep"
        : group.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)) ? $"the group \"{group}\" has a blank or a line break in it"
        : null;
}
