using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Editing;
using AuthMap.Planning;
using AuthMap.Rbac;
using k8s;
using k8s.Models;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>The Roles and RoleBindings of a cluster.</summary>
/// <param name="target">The cluster's name.</param>
/// <param name="clusterArn">Its ARN.</param>
/// <param name="api">Its API.</param>
internal sealed class RbacStore(string target, string clusterArn, ApiRequests api) : IObjectStore
{
    /// <summary>Where the API has these objects.</summary>
    internal const string Group = "apis/rbac.authorization.k8s.io/v1";

    /// <inheritdoc/>
    public string ClusterArn => clusterArn;

    /// <inheritdoc/>
    public async Task<RbacObject?> ReadAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var answer = await api.ReadAsync(Path(key), cancellationToken);
        return answer switch
        {
            { Status: 404 } when ApiRefusal.Status(answer) is not null => null,
            { IsSuccess: false } => throw RbacRefusal.Of(answer, target, "get", key),
            _ => Parse(answer, key) ?? throw ApiRefusal.NotAnApi(answer, target),
        };
    }

    /// <inheritdoc/>
    public async Task<bool?> HasNamespaceAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await api.ReadAsync($"api/v1/namespaces/{Uri.EscapeDataString(name)}", cancellationToken);
        return answer switch
        {
            { IsSuccess: true } => true,
            { Status: 404 } when ApiRefusal.Status(answer) is not null => false,
            { Status: 403 } when ApiRefusal.Status(answer) is not null => null,
            _ => throw RbacRefusal.Of(answer, target, $"show the namespace {name}"),
        };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RbacBinding>?> ListBindingsAsync(CancellationToken cancellationToken) =>
        new BindingReader(target, api).OfNamespacesAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(ObjectChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var path = Path(change.Key);
        var (write, verb) = (change.Before, change.After) switch
        {
            (null, { } after) => (ApiWrite.Create(Collection(change.Key), RbacWire.New(after)), "create"),
            ({ } before, { } after) => (ApiWrite.Patch(path, RbacWire.Patch(after, before.Version)), "patch"),
            _ => (ApiWrite.Delete(path, RbacWire.DeleteOptions(change.Before?.Version)), "delete"),
        };
        return api.WriteAsync(
            write,
            answer => IsYes(answer, change) ? new Written(null) : null,
            answer => RbacRefusal.Of(answer, target, verb, change.Key),
            cancellationToken);
    }

    // A removal is answered with a status; with the object while something still holds it back.
    private static bool IsYes(ApiAnswer answer, ObjectChange change) =>
        Parse(answer, change.Key) is not null || (change.After is null && ApiRefusal.Status(answer) is not null);

    private static string Collection(ObjectKey key) =>
        $"{Group}/namespaces/{Uri.EscapeDataString(key.Namespace)}/{RbacRefusal.Resource(key)}";

    private static string Path(ObjectKey key) => $"{Collection(key)}/{Uri.EscapeDataString(key.Name)}";

    private static RbacObject? Parse(ApiAnswer answer, ObjectKey key)
    {
        IKubernetesObject<V1ObjectMeta>? read = key.Kind == RbacKind.Role
            ? Deserialize(answer, WireJson.Default.V1Role)
            : Deserialize(answer, WireJson.Default.V1RoleBinding);
        return read?.Kind == key.Kind.ToString() && read.Metadata?.Name == key.Name && read.Metadata.NamespaceProperty == key.Namespace
            ? read switch
            {
                V1Role role => RbacWire.Role(role),
                V1RoleBinding binding => RbacWire.Binding(binding),
                _ => null,
            }
            : null;
    }

    private static T? Deserialize<T>(ApiAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
