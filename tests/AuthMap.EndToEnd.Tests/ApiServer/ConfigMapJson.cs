using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>Ways to build and read a ConfigMap as JSON.</summary>
internal static class ConfigMapJson
{
    /// <summary>The object with one more text in its data.</summary>
    public static JsonObject WithText(this JsonObject configMap, string key, string text)
    {
        configMap["data"]!.AsObject()[key] = text;
        return configMap;
    }
}
