namespace AuthMap.Rbac;

/// <summary>The kinds of RBAC objects that are read here; service mappings need the first two.</summary>
public enum RbacKind
{
    /// <summary>What may be done in a namespace.</summary>
    Role,

    /// <summary>Who may do it.</summary>
    RoleBinding,

    /// <summary>Who may do what a ClusterRole allows in all namespaces and outside of them.</summary>
    ClusterRoleBinding,
}

/// <summary>The name of an object of the API group <c>rbac.authorization.k8s.io</c>.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace; empty for a kind without one.</param>
/// <param name="Name">Its name there.</param>
public sealed record ObjectKey(RbacKind Kind, string Namespace, string Name)
{
    /// <summary>The object as messages name it, for example <c>RoleBinding spark/emr-containers</c>.</summary>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}

/// <summary>An RBAC object, as far as it says who may do what; labels and the like are not ours and stay where they are.</summary>
/// <param name="Key">Its name.</param>
public abstract record RbacObject(ObjectKey Key)
{
    /// <summary>The <c>resourceVersion</c> it was read at; null when it was not read.</summary>
    public string? Version { get; init; }
}
