using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace AuthMap.Cluster.Kubernetes.Config;

/// <summary>YAML as the JSON that go-yaml makes of it.</summary>
internal static class YamlToJson
{
    private const int MaximumNodes = 10_000;

    /// <summary>Converts a node.</summary>
    /// <exception cref="YamlException">It is too large, which only happens when aliases multiply it.</exception>
    public static JsonNode? ToJson(this YamlTree tree)
    {
        var left = MaximumNodes;
        return Convert(tree, ref left);
    }

    private static JsonNode? Convert(YamlTree tree, ref int left)
    {
        if (--left < 0)
        {
            throw new YamlException(tree.Start, tree.Start, "too large");
        }

        switch (tree)
        {
            case YamlMap map:
                var node = new JsonObject();
                foreach (var (key, value) in map.Pairs)
                {
                    node[key] = Convert(value, ref left);
                }

                return node;

            case YamlList list:
                var array = new JsonArray();
                foreach (var item in list.Items)
                {
                    array.Add(Convert(item, ref left));
                }

                return array;

            case YamlText { IsNull: true }:
                return null;

            case YamlText { Boolean: { } flag }:
                return JsonValue.Create(flag);

            case YamlText { Plain: true } text when long.TryParse(text.Value, out var number):
                return JsonValue.Create(number);

            case YamlText { Plain: true } text when double.TryParse(text.Value, out var number) && double.IsFinite(number):
                return JsonValue.Create(number);

            default:
                return JsonValue.Create(((YamlText)tree).Value);
        }
    }
}
