using System.Text.Json;
using AuthMap.Editing;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>The ConfigMap <c>kube-system/aws-auth</c> as it comes.</summary>
internal static class ConfigMapWire
{
    /// <summary>Its name.</summary>
    public const string Name = "aws-auth";

    private const string Kind = "ConfigMap";

    /// <summary>Reads the version from the answer to a write: of the object or of its metadata alone; null when it is neither, or has
    /// none.</summary>
    public static string? VersionOfAnswer(JsonElement json) => Version(json, json.Text("kind") is Kind or "PartialObjectMetadata");

    /// <summary>Reads the object; null when it is another one, or has no version.</summary>
    public static Snapshot? Read(JsonElement json)
    {
        if (Version(json, json.Text("kind") is Kind) is not { } version)
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

    private static string? Version(JsonElement json, bool isOfKind) =>
        isOfKind
        && json.Member("metadata") is { } metadata
        && metadata.Text("name") == Name
        && metadata.Text("resourceVersion") is { Length: > 0 } version
            ? version
            : null;

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
}
