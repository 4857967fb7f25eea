using AuthMap.Arns;
using AuthMap.Rbac;

namespace AuthMap.Planning;

/// <summary>A cluster beside its aws-auth at one moment, as far as wishes about services need it.</summary>
/// <param name="Cluster">Which cluster it is.</param>
public sealed record ClusterState(ClusterArn Cluster)
{
    /// <summary>Those of the objects that the wishes are about that exist.</summary>
    public IReadOnlyDictionary<ObjectKey, RbacObject> Objects { get; init; } = new Dictionary<ObjectKey, RbacObject>();

    /// <summary>Those of the namespaces of the wishes that do not exist.</summary>
    public IReadOnlyList<string> MissingNamespaces { get; init; } = [];

    /// <summary>The RoleBindings of all namespaces; null when the caller may not see them, or no wish needs them.</summary>
    public IReadOnlyList<RbacBinding>? Bindings { get; init; }
}
