namespace AuthMap.Rbac;

/// <summary>Who is bound to what in a cluster, as far as one may know.</summary>
/// <param name="OfNamespaces">The RoleBindings of all namespaces; null when the caller may not list them.</param>
/// <param name="OfCluster">The ClusterRoleBindings; null when the caller may not list them.</param>
public sealed record KnownBindings(IReadOnlyList<RbacBinding>? OfNamespaces, IReadOnlyList<RbacBinding>? OfCluster)
{
    /// <summary>What is known.</summary>
    public IEnumerable<RbacBinding> All => [.. OfCluster ?? [], .. OfNamespaces ?? []];

    /// <summary>The kinds that the caller may not list.</summary>
    public IReadOnlyList<RbacKind> Hidden =>
    [
        .. OfCluster is null ? [RbacKind.ClusterRoleBinding] : Array.Empty<RbacKind>(),
        .. OfNamespaces is null ? [RbacKind.RoleBinding] : Array.Empty<RbacKind>(),
    ];
}
