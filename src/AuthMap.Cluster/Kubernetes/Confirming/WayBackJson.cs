using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthMap.Cluster.Kubernetes.Confirming;

/// <summary>The objects of a way back as they travel.</summary>
/// <param name="name">The name of all of them.</param>
/// <param name="expires">When their time is over.</param>
internal sealed class WayBackJson(string name, DateTimeOffset expires)
{
    /// <summary>The annotation that tells when an object's time is over.</summary>
    public const string ExpiryAnnotation = "authmap/expires";

    private const string Rbac = "rbac.authorization.k8s.io";

    /// <summary>The ServiceAccount.</summary>
    public JsonObject Account() => new() { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = Metadata() };

    /// <summary>The Role, owned by the ServiceAccount with this uid.</summary>
    public JsonObject Role(string owner) => new()
    {
        ["apiVersion"] = $"{Rbac}/v1",
        ["kind"] = "Role",
        ["metadata"] = Metadata(owner),
        ["rules"] = new JsonArray(Rule("configmaps", "aws-auth", "get", "patch"), Rule("serviceaccounts", name, "delete")),
    };

    /// <summary>The RoleBinding, owned by the ServiceAccount with this uid.</summary>
    public JsonObject Binding(string owner) => new()
    {
        ["apiVersion"] = $"{Rbac}/v1",
        ["kind"] = "RoleBinding",
        ["metadata"] = Metadata(owner),
        ["roleRef"] = new JsonObject { ["apiGroup"] = Rbac, ["kind"] = "Role", ["name"] = name },
        ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = name, ["namespace"] = "kube-system" }),
    };

    /// <summary>The request for a token.</summary>
    public static JsonObject TokenRequest(long seconds) => new()
    {
        ["apiVersion"] = "authentication.k8s.io/v1",
        ["kind"] = "TokenRequest",
        ["spec"] = new JsonObject { ["expirationSeconds"] = seconds },
    };

    /// <summary>The token of an answer; null when there is none.</summary>
    public static WayBackToken? Token(JsonElement json) =>
        json.Member("status")?.Text("token") is { Length: > 0 } token && json.Member("spec")?.Member("expirationSeconds") is { } seconds
            ? new(token, seconds.GetInt64())
            : null;

    private JsonObject Metadata(string? owner = null)
    {
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "authmap", ["app.kubernetes.io/component"] = "way-back" },
            ["annotations"] = new JsonObject
            {
                [ExpiryAnnotation] = expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
        };
        if (owner is not null)
        {
            metadata["ownerReferences"] = new JsonArray(
                new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["name"] = name, ["uid"] = owner });
        }

        return metadata;
    }

    private static JsonObject Rule(string resource, string name, params JsonNode[] verbs) => new()
    {
        ["apiGroups"] = new JsonArray(""),
        ["resources"] = new JsonArray(resource),
        ["resourceNames"] = new JsonArray(name),
        ["verbs"] = new JsonArray(verbs),
    };
}

/// <summary>A token of the ServiceAccount.</summary>
/// <param name="Token">The token; a secret.</param>
/// <param name="Seconds">How long it is good, as the server says in the spec what it granted, which no wrong clock disturbs.</param>
internal sealed record WayBackToken(string Token, long Seconds);
