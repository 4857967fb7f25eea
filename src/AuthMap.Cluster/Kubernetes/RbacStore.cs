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
    private const string Group = "apis/rbac.authorization.k8s.io/v1";
    private const int PageSize = 500;

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
            _ => throw ApiRefusal.Of(answer, target, "get"),
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RbacBinding>?> ListBindingsAsync(CancellationToken cancellationToken)
    {
        List<RbacBinding> bindings = [];
        for (string? next = null; ;)
        {
            var more = next is null ? "" : $"&continue={Uri.EscapeDataString(next)}";
            var answer = await api.ReadAsync($"{Group}/rolebindings?limit={PageSize}{more}", cancellationToken);
            switch (answer)
            {
                case { Status: 403 } when ApiRefusal.Status(answer) is not null:
                    return null;
                case { Status: 410 } when next is not null:
                    // The list has grown too old to be continued.
                    bindings.Clear();
                    next = null;
                    continue;
                case { IsSuccess: false }:
                    throw ApiRefusal.Of(answer, target, "list");
            }

            var page = Deserialize(answer, WireJson.Default.V1RoleBindingList) is { Items: not null } list ? list : throw ApiRefusal.NotAnApi(answer, target);
            bindings.AddRange(page.Items.Select(RbacWire.Binding));
            next = page.Metadata?.ContinueProperty;
            if (string.IsNullOrEmpty(next))
            {
                return bindings;
            }
        }
    }

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
            answer => change.After is null
                ? Deserialize(answer, WireJson.Default.V1Status) is { Kind: "Status" or nameof(RbacKind.Role) or nameof(RbacKind.RoleBinding) } ? new Written(null) : null
                : Parse(answer, change.Key) is { } written ? new Written(written.Version) : null,
            answer => RbacRefusal.Of(answer, target, verb, change.Key),
            cancellationToken);
    }

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
