using YamlDotNet.Core;

namespace AuthMap.Yaml;

/// <summary>Whether two texts say the same, node by node: kinds, values, styles, tags, and which node an alias stands for.</summary>
internal sealed class YamlLikeness
{
    private readonly Dictionary<YamlNode, YamlNode> _pairs = [];

    private YamlLikeness()
    {
    }

    /// <summary>Compares two nodes; no node is the same as an empty plain scalar.</summary>
    public static bool Holds(YamlNode? one, YamlNode? other) => (one, other) switch
    {
        (null, _) => IsNothing(other),
        (_, null) => IsNothing(one),
        _ => new YamlLikeness().Same(one, other),
    };

    private static bool IsNothing(YamlNode? node) =>
        node is null or YamlScalar { Value: "", Style: ScalarStyle.Plain, HasProperties: false };

    private bool Same(YamlNode one, YamlNode other)
    {
        _pairs[one] = other;
        return one.Tag == other.Tag && (one, other) switch
        {
            (YamlScalar a, YamlScalar b) => a.Value == b.Value && a.Style == b.Style && a.IsImplicit == b.IsImplicit,
            (YamlSequence a, YamlSequence b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(pair => Same(pair.First, pair.Second)),
            (YamlMapping a, YamlMapping b) => a.Pairs.Count == b.Pairs.Count && a.Pairs.Zip(b.Pairs).All(pair =>
                Same(pair.First.Key, pair.Second.Key) && Same(pair.First.Value, pair.Second.Value)),
            (YamlAlias a, YamlAlias b) => _pairs.TryGetValue(a.Target, out var target) && target == b.Target,
            _ => false,
        };
    }
}
