using System.Text.Json;
using System.Text.Json.Nodes;
using AuthMap.Editing;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>The ConfigMap <c>kube-system/aws-auth</c> as it travels.</summary>
internal static class ConfigMapWire
{
    /// <summary>Its name.</summary>
    public const string Name = "aws-auth";

    /// <summary>Reads the version; null when it is another object, or has none.</summary>
    public static string? Version(JsonElement json) =>
        json.Text("kind") == "ConfigMap"
        && json.Member("metadata") is { } metadata
        && metadata.Text("name") == Name
        && metadata.Text("resourceVersion") is { Length: > 0 } version
            ? version
            : null;

    /// <summary>Reads the object; null when it is another one, or has no version.</summary>
    public static Snapshot? Read(JsonElement json)
    {
        if (Version(json) is not { } version)
        {
            return null;
        }

        var metadata = json.Needed("metadata");
        return new()
        {
            Exists = true,
            Version = version,
            Data = Texts(json.Member("data")),
            Annotations = Texts(metadata.Member("annotations")),
            OtherOwners = ObjectOwners.Of(metadata),
        };
    }

    /// <summary>The body that creates the object.</summary>
    public static JsonObject New(WriteRequest write)
    {
        var body = new JsonObject { ["apiVersion"] = "v1" };
        Add(body, "data", write.Data, []);
        body["kind"] = "ConfigMap";
        var metadata = new JsonObject();
        Add(metadata, "annotations", write.Annotations, []);
        metadata["name"] = Name;
        metadata["namespace"] = "kube-system";
        body["metadata"] = metadata;
        return body;
    }

    /// <summary>The merge patch. It names only what changes; the version makes the server refuse it when anything has changed
    /// meanwhile.</summary>
    public static JsonObject Patch(WriteRequest write, string? version)
    {
        var body = new JsonObject();
        Add(body, "data", write.Data, write.Removed);
        var metadata = new JsonObject();
        Add(metadata, "annotations", write.Annotations, []);
        metadata["resourceVersion"] = version;
        body["metadata"] = metadata;
        return body;
    }

    private static Dictionary<string, string> Texts(JsonElement? json)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json is { } given)
        {
            foreach (var member in given.EnumerateObject())
            {
                texts[member.Name] = member.Value.GetString() ?? "";
            }
        }

        return texts;
    }

    private static void Add(
        JsonObject body, string name, IReadOnlyDictionary<string, string> texts, IReadOnlyList<string> removed)
    {
        var members = new JsonObject();
        foreach (var (key, text) in texts)
        {
            members[key] = text;
        }

        // In a merge patch null takes a key away.
        foreach (var key in removed)
        {
            members[key] = null;
        }

        if (members.Count > 0)
        {
            body[name] = members;
        }
    }
}
