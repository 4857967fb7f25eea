namespace AuthMap.Rbac;

/// <summary>What a binding binds to; the API lets nobody change it.</summary>
/// <param name="Kind"><c>Role</c> or <c>ClusterRole</c>.</param>
/// <param name="Name">Its name.</param>
public sealed record RoleRef(string Kind, string Name)
{
    /// <summary>The reference as messages name it.</summary>
    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>Whom a binding binds.</summary>
/// <param name="Kind"><c>User</c>, <c>Group</c> or <c>ServiceAccount</c>.</param>
/// <param name="Name">The name.</param>
/// <param name="ApiGroup">The API group; null for a service account.</param>
/// <param name="Namespace">The namespace of a service account; null for others.</param>
public sealed record Subject(string Kind, string Name, string? ApiGroup, string? Namespace)
{
    /// <summary>A user.</summary>
    /// <param name="name">The username.</param>
    public static Subject User(string name) => new("User", name, "rbac.authorization.k8s.io", null);

    /// <summary>The subject as messages name it.</summary>
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}

/// <summary>A RoleBinding or a ClusterRoleBinding.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Role">What it binds to.</param>
/// <param name="Subjects">Whom.</param>
public sealed record RbacBinding(ObjectKey Key, RoleRef Role, IReadOnlyList<Subject> Subjects) : RbacObject(Key)
{
    /// <summary>Whether it binds to this Role, which is in its namespace.</summary>
    /// <param name="role">The Role.</param>
    public bool IsTo(ObjectKey role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return Key.Namespace == role.Namespace && Role == new RoleRef("Role", role.Name);
    }
}
