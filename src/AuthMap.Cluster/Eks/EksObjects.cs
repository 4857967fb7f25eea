using AuthMap.Editing;
using AuthMap.Planning;
using AuthMap.Rbac;

namespace AuthMap.Cluster.Eks;

/// <summary>The RBAC objects of an EKS cluster; where it is, the read of its aws-auth has found out before.</summary>
/// <param name="connected">The cluster's objects; fails before that.</param>
internal sealed class EksObjects(Func<IObjectStore> connected) : IObjectStore
{
    /// <inheritdoc/>
    public string ClusterArn => connected().ClusterArn;

    /// <inheritdoc/>
    public Task<RbacObject?> ReadAsync(ObjectKey key, CancellationToken cancellationToken) => connected().ReadAsync(key, cancellationToken);

    /// <inheritdoc/>
    public Task<bool?> HasNamespaceAsync(string name, CancellationToken cancellationToken) =>
        connected().HasNamespaceAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RbacBinding>?> ListBindingsAsync(CancellationToken cancellationToken) =>
        connected().ListBindingsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(ObjectChange change, CancellationToken cancellationToken) =>
        connected().WriteAsync(change, cancellationToken);
}
