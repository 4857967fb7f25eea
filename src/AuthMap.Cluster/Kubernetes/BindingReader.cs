using System.Text.Json;
using AuthMap.Rbac;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>Lists the bindings of a cluster, page by page.</summary>
/// <param name="target">The cluster's name.</param>
/// <param name="api">Its API.</param>
internal sealed class BindingReader(string target, ApiRequests api)
{
    private const int PageSize = 500;

    /// <summary>The RoleBindings of all namespaces; null when the caller may not list them.</summary>
    public Task<IReadOnlyList<RbacBinding>?> OfNamespacesAsync(CancellationToken cancellationToken) =>
        ListAsync(RbacKind.RoleBinding, cancellationToken);

    /// <summary>The ClusterRoleBindings; null when the caller may not list them.</summary>
    public Task<IReadOnlyList<RbacBinding>?> OfClusterAsync(CancellationToken cancellationToken) =>
        ListAsync(RbacKind.ClusterRoleBinding, cancellationToken);

    private async Task<IReadOnlyList<RbacBinding>?> ListAsync(RbacKind kind, CancellationToken cancellationToken)
    {
        var kinds = $"{kind}s";
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

            var page = answer.Read(json => Page.Read(json, kind)) ?? throw ApiRefusal.NotAnApi(answer, target);
            bindings.AddRange(page.Bindings);
            next = page.Next;
            if (string.IsNullOrEmpty(next))
            {
                return bindings;
            }
        }
    }

    private sealed record Page(IReadOnlyList<RbacBinding> Bindings, string? Next)
    {
        public static Page? Read(JsonElement json, RbacKind kind) => json.Items("items", item => RbacWire.Binding(item, kind)) is { } bindings
            ? new(bindings, json.Member("metadata")?.Text("continue"))
            : null;
    }
}
