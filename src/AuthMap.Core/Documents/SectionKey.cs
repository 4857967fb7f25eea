using AuthMap.Mappings;

namespace AuthMap.Documents;

/// <summary>A key of the ConfigMap's <c>data</c> that aws-iam-authenticator reads; the names are case-sensitive.</summary>
public enum SectionKey
{
    /// <summary><c>mapRoles</c>.</summary>
    MapRoles,

    /// <summary><c>mapUsers</c>.</summary>
    MapUsers,

    /// <summary><c>mapAccounts</c>.</summary>
    MapAccounts,
}

/// <summary>Names of the keys.</summary>
public static class SectionKeys
{
    /// <summary>All keys, in the order the authenticator asks them.</summary>
    public static IReadOnlyList<SectionKey> All { get; } = [SectionKey.MapRoles, SectionKey.MapUsers, SectionKey.MapAccounts];

    /// <summary>The key's name in <c>data</c>.</summary>
    /// <param name="key">The key.</param>
    public static string Name(this SectionKey key) => key switch
    {
        SectionKey.MapRoles => "mapRoles",
        SectionKey.MapUsers => "mapUsers",
        _ => "mapAccounts",
    };

    /// <summary>The key that holds mappings of this kind.</summary>
    /// <param name="kind">The kind.</param>
    public static SectionKey For(MappingKind kind) => kind switch
    {
        MappingKind.Role => SectionKey.MapRoles,
        MappingKind.User => SectionKey.MapUsers,
        _ => SectionKey.MapAccounts,
    };
}
