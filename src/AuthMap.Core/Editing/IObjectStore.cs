using AuthMap.Planning;
using AuthMap.Rbac;

namespace AuthMap.Editing;

/// <summary>An EKS cluster beside its aws-auth: the RBAC objects that service mappings need.</summary>
/// <remarks>Reads retry throttling and passing server faults until they are cancelled, as those of
/// <see cref="IAwsAuthStore"/> do.</remarks>
public interface IObjectStore
{
    /// <summary>The cluster's ARN, which gives the account of a service's role.</summary>
    string ClusterArn { get; }

    /// <summary>Reads an object.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="AuthMapException">It cannot be read.</exception>
    Task<RbacObject?> ReadAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Says whether there is a namespace.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Null when the caller may not know.</returns>
    /// <exception cref="AuthMapException">It cannot be read for another reason.</exception>
    Task<bool?> HasNamespaceAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lists the RoleBindings of all namespaces.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Null when the caller may not know.</returns>
    /// <exception cref="AuthMapException">They cannot be read for another reason.</exception>
    Task<IReadOnlyList<RbacBinding>?> ListBindingsAsync(CancellationToken cancellationToken);

    /// <summary>Makes one change, once, and only if the object still has the version that was read. A Role's rules or a
    /// RoleBinding's subjects are written, and nothing else of an object that exists.</summary>
    /// <param name="change">The change: added, updated or removed.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <exception cref="AuthMapException">It failed and did not happen.</exception>
    Task<WriteResult> WriteAsync(ObjectChange change, CancellationToken cancellationToken);
}
