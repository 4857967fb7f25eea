using YamlDotNet.Core;

namespace AuthMap.Manifests;

/// <summary>One key of the ConfigMap's <c>data</c>.</summary>
/// <param name="Key">Its name.</param>
/// <param name="KeyNode">Where the name stands.</param>
/// <param name="ValueNode">Where the value stands; an alias when the value stands elsewhere.</param>
/// <param name="Value">The string that it stands for.</param>
internal sealed record DataEntry(string Key, YamlNode KeyNode, YamlNode ValueNode, string Value)
{
    /// <summary>The value's own text.</summary>
    public YamlScalar Scalar => (YamlScalar)ValueNode.Resolved;

    /// <summary>Whether there is no value at all, which counts as an empty string.</summary>
    public bool IsNull => Scalar.IsEmpty;
}

/// <summary>The <c>data</c> of a ConfigMap as the API server reads it: strings by name.</summary>
/// <param name="Node">The value of <c>data</c>; null when the ConfigMap has none.</param>
/// <param name="Mapping">The same when it is a mapping; null when it is absent or null.</param>
/// <param name="Entries">The keys, in the order of the file.</param>
internal sealed record ConfigMapData(YamlNode? Node, YamlMapping? Mapping, IReadOnlyList<DataEntry> Entries)
{
    private const string StringTag = "tag:yaml.org,2002:str";

    /// <summary>The entry of a key; null when it is absent.</summary>
    public DataEntry? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>Reads it.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: an API server rejects it, or keys repeat.</exception>
    public static ConfigMapData Read(SourceText source, YamlMapping root)
    {
        RefuseDuplicates(source, root);
        if (root.Named("data").Select(pair => pair.Value).FirstOrDefault() is not { } node)
        {
            return new(null, null, []);
        }

        if (node.Resolved.IsEmpty)
        {
            return new(node, null, []);
        }

        if (node.Resolved is not YamlMapping mapping)
        {
            throw source.Refuse(node.Start, "data of aws-auth is not a mapping of names to strings");
        }

        RefuseDuplicates(source, mapping);
        return new(node, mapping, [.. mapping.Pairs.Select(pair => ReadEntry(source, pair.Key, pair.Value))]);
    }

    private static DataEntry ReadEntry(SourceText source, YamlNode keyNode, YamlNode valueNode)
    {
        var key = ((YamlScalar)keyNode.Resolved).Value;
        if (NotAString(valueNode.Resolved) is { } what)
        {
            throw source.Refuse(
                valueNode.Start,
                $"{key} is {what}, and the API server accepts only strings",
                key.StartsWith("map", StringComparison.Ordinal)
                    ? $"put a | after {key}: and the value indented below it"
                    : "quote it");
        }

        var entry = new DataEntry(key, keyNode, valueNode, ((YamlScalar)valueNode.Resolved).Value);
        return entry.IsNull ? entry with { Value = "" } : entry;
    }

    private static string? NotAString(YamlNode node) => node switch
    {
        YamlSequence => "a list",
        YamlMapping => "a mapping",
        YamlScalar { Tag: StringTag or "!" } => null,
        YamlScalar { Tag: { } tag } => $"tagged {tag}",
        YamlScalar { Style: not ScalarStyle.Plain } => null,
        YamlScalar scalar when PlainScalar.IsBoolean(scalar.Value) => "a boolean",
        YamlScalar scalar when PlainScalar.IsNumber(scalar.Value) => "a number",
        _ => null,
    };

    /// <summary>
    /// The API server takes the last of two equal keys. A person sees the first one as well, so which of them an edit means is
    /// anybody's guess; the same goes for keys that a merge (<c>&lt;&lt;</c>) brings in.
    /// </summary>
    private static void RefuseDuplicates(SourceText source, YamlMapping mapping)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (node, _) in mapping.Pairs)
        {
            if (node.Resolved is not YamlScalar key)
            {
                throw source.Refuse(node.Start, "a key that is not a string");
            }

            if (key is { Style: ScalarStyle.Plain, Value: "<<" })
            {
                throw source.Refuse(node.Start, "aws-auth uses a YAML merge (<<)", "write its keys out");
            }

            var line = source.PositionOf(node.Start).Line;
            if (!seen.TryAdd(key.Value, line))
            {
                throw source.Refuse(
                    node.Start,
                    $"{key.Value} is there twice, in lines {seen[key.Value]} and {line}; the API server takes the last one",
                    "remove one of them");
            }
        }
    }
}
