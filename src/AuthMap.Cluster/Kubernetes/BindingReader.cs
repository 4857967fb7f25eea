using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Rbac;
using k8s.Models;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>Lists the bindings of a cluster, page by page.</summary>
/// <param name="target">The cluster's name.</param>
/// <param name="api">Its API.</param>
internal sealed class BindingReader(string target, ApiRequests api)
{
    private const int PageSize = 500;

    /// <summary>The RoleBindings of all namespaces; null when the caller may not list them.</summary>
    public Task<IReadOnlyList<RbacBinding>?> OfNamespacesAsync(CancellationToken cancellationToken) =>
        ListAsync("RoleBindings", WireJson.Default.V1RoleBindingList, page => page.Items?.Select(RbacWire.Binding), cancellationToken);

    /// <summary>The ClusterRoleBindings; null when the caller may not list them.</summary>
    public Task<IReadOnlyList<RbacBinding>?> OfClusterAsync(CancellationToken cancellationToken) =>
        ListAsync("ClusterRoleBindings", WireJson.Default.V1ClusterRoleBindingList, page => page.Items?.Select(RbacWire.Binding), cancellationToken);

    private async Task<IReadOnlyList<RbacBinding>?> ListAsync<T>(
        string kinds, JsonTypeInfo<T> type, Func<T, IEnumerable<RbacBinding>?> read, CancellationToken cancellationToken)
        where T : class, IMetadata<V1ListMeta>
    {
        List<RbacBinding> bindings = [];
        for (string? next = null; ;)
        {
            var more = next is null ? "" : $"&continue={Uri.EscapeDataString(next)}";
            var answer = await api.ReadAsync($"{RbacStore.Group}/{kinds.ToLowerInvariant()}?limit={PageSize}{more}", cancellationToken);
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
                    throw RbacRefusal.Of(answer, target, $"list {kinds}");
            }

            var page = Deserialize(answer, type);
            bindings.AddRange((page is null ? null : read(page)) ?? throw ApiRefusal.NotAnApi(answer, target));
            next = page!.Metadata?.ContinueProperty;
            if (string.IsNullOrEmpty(next))
            {
                return bindings;
            }
        }
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
