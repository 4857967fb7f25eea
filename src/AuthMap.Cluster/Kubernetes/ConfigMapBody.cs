using System.Text.Json;
using AuthMap.Editing;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>The ConfigMap as it is sent. Its texts may be large, and a serializer would take many times their size to write them.</summary>
internal static class ConfigMapBody
{
    /// <summary>A strategic merge patch.</summary>
    /// <param name="version">The version without which the server refuses it: nothing may have changed meanwhile.</param>
    /// <param name="write">What changes; nothing else is named.</param>
    public static byte[] Patch(string? version, WriteRequest write) => RequestJson.Of(json =>
    {
        json.WriteStartObject();
        WriteTexts(json, "data", write.Data, write.Removed);
        json.WriteStartObject("metadata");
        WriteTexts(json, "annotations", write.Annotations, []);
        if (version is not null)
        {
            json.WriteString("resourceVersion", version);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A new object.</summary>
    /// <param name="write">What it holds.</param>
    public static byte[] New(WriteRequest write) => RequestJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "v1");
        WriteTexts(json, "data", write.Data, []);
        json.WriteString("kind", "ConfigMap");
        json.WriteStartObject("metadata");
        WriteTexts(json, "annotations", write.Annotations, []);
        json.WriteString("name", ConfigMapWire.Name);
        json.WriteString("namespace", "kube-system");
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteTexts(
        Utf8JsonWriter json, string member, IReadOnlyDictionary<string, string> texts, IReadOnlyList<string> removed)
    {
        if (texts.Count + removed.Count == 0)
        {
            return;
        }

        json.WriteStartObject(member);
        foreach (var (name, text) in texts)
        {
            json.WriteLongString(name, text);
        }

        // In a patch null takes a key away.
        foreach (var name in removed)
        {
            json.WriteNull(name);
        }

        json.WriteEndObject();
    }
}
