namespace AuthMap.Mappings;

/// <summary>The names of users and groups that Kubernetes itself gives a meaning.</summary>
public static class SystemNames
{
    /// <summary>The group that may do everything.</summary>
    public const string Masters = "system:masters";

    /// <summary>The group of nodes.</summary>
    public const string Nodes = "system:nodes";

    /// <summary>The group of nodes that are about to join.</summary>
    public const string Bootstrappers = "system:bootstrappers";

    /// <summary>What the username of a node begins with.</summary>
    public const string NodeUser = "system:node:";

    /// <summary>Whether a username is that of a node.</summary>
    /// <param name="username">The username, templates included.</param>
    public static bool IsNodeUser(string username)
    {
        ArgumentNullException.ThrowIfNull(username);
        return username.StartsWith(NodeUser, StringComparison.Ordinal);
    }

    /// <summary>Whether who has this username and these groups enters as a node.</summary>
    /// <param name="username">The username, templates included.</param>
    /// <param name="groups">The groups.</param>
    public static bool IsNode(string username, GroupList groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return groups.Contains(Nodes) || IsNodeUser(username);
    }
}
