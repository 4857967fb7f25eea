using System.Text.Json;
using System.Text.Json.Nodes;
using AuthMap.Rbac;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>RBAC objects as they travel.</summary>
internal static class RbacWire
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string Version = $"{Group}/v1";

    /// <summary>Reads a Role or a RoleBinding; null when it is something else.</summary>
    public static RbacObject? Read(JsonElement json) => json.Text("kind") switch
    {
        nameof(RbacKind.Role) => Role(json),
        nameof(RbacKind.RoleBinding) => Binding(json, RbacKind.RoleBinding),
        _ => null,
    };

    /// <summary>Reads a binding, which in a list does not tell its kind.</summary>
    public static RbacBinding Binding(JsonElement json, RbacKind kind)
    {
        var (metadata, role) = (json.Needed("metadata"), json.Member("roleRef"));
        return new(
            Key(metadata, kind),
            new(role?.Text("kind") ?? "", role?.Text("name") ?? ""),
            json.Items("subjects", Subject) ?? [])
        {
            Version = metadata.Text("resourceVersion"),
        };
    }

    /// <summary>The body that creates an object.</summary>
    public static JsonObject New(RbacObject wanted)
    {
        var json = new JsonObject
        {
            ["apiVersion"] = Version,
            ["kind"] = wanted.Key.Kind.ToString(),
            ["metadata"] = new JsonObject { ["name"] = wanted.Key.Name, ["namespace"] = wanted.Key.Namespace },
        };
        if (wanted is RbacBinding { Role: var role })
        {
            json["roleRef"] = new JsonObject { ["apiGroup"] = Group, ["kind"] = role.Kind, ["name"] = role.Name };
        }

        return With(json, wanted);
    }

    /// <summary>The merge patch that changes nothing but rules or subjects, and only at this version.</summary>
    public static JsonObject Patch(RbacObject wanted, string? version) =>
        With(new() { ["metadata"] = new JsonObject { ["resourceVersion"] = version } }, wanted);

    /// <summary>The body that removes an object only at this version.</summary>
    public static JsonObject DeleteOptions(string? version) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "DeleteOptions",
        ["preconditions"] = new JsonObject { ["resourceVersion"] = version },
    };

    private static RbacRole Role(JsonElement json)
    {
        var metadata = json.Needed("metadata");
        return new(Key(metadata, RbacKind.Role), json.Items("rules", Rule) ?? []) { Version = metadata.Text("resourceVersion") };
    }

    private static ObjectKey Key(JsonElement metadata, RbacKind kind) => new(
        kind, kind == RbacKind.ClusterRoleBinding ? "" : metadata.Text("namespace") ?? "", metadata.NeededText("name"));

    private static PolicyRule Rule(JsonElement json) => new(json.Texts("apiGroups") ?? [], json.Texts("resources") ?? [], json.Texts("verbs") ?? [])
    {
        ResourceNames = json.Texts("resourceNames") ?? [],
    };

    private static Subject Subject(JsonElement json) => new(
        json.Text("kind") ?? "", json.Text("name") ?? "", NotEmpty(json.Text("apiGroup")), NotEmpty(json.Text("namespace")));

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static JsonObject With(JsonObject json, RbacObject wanted)
    {
        var (name, items) = wanted switch
        {
            RbacRole role => ("rules", Array(role.Rules.Select(Json))),
            RbacBinding binding => ("subjects", Array(binding.Subjects.Select(Json))),
            _ => throw new ArgumentOutOfRangeException(nameof(wanted)),
        };
        json[name] = items;
        return json;
    }

    private static JsonObject Json(PolicyRule rule)
    {
        var json = new JsonObject { ["apiGroups"] = Array(rule.ApiGroups), ["resources"] = Array(rule.Resources), ["verbs"] = Array(rule.Verbs) };
        if (rule.ResourceNames.Count > 0)
        {
            json["resourceNames"] = Array(rule.ResourceNames);
        }

        return json;
    }

    private static JsonObject Json(Subject subject)
    {
        var json = new JsonObject { ["kind"] = subject.Kind, ["name"] = subject.Name };
        if (subject.ApiGroup is { } group)
        {
            json["apiGroup"] = group;
        }

        if (subject.Namespace is { } space)
        {
            json["namespace"] = space;
        }

        return json;
    }

    private static JsonArray Array(IEnumerable<string> texts) => Array(texts.Select(text => (JsonNode)text));

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);
}
