using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>Mappings in the words of messages.</summary>
internal static class MappingText
{
    public static string Describe(PrincipalMapping mapping) => Describe(mapping.Username, mapping.Groups);

    public static string Describe(string username, GroupList groups) =>
        $"{(username.Length == 0 ? "no username" : username)}, {(groups.Count == 0 ? "no groups" : $"groups {string.Join(", ", groups)}")}";
}
