using AuthMap.Yaml;

namespace AuthMap.Core.Tests.Yaml;

/// <summary>Compares nodes down to their places.</summary>
internal static class SameNodes
{
    public static void Assert(YamlNode expected, YamlNode actual)
    {
        Xunit.Assert.Equal(Facts(expected), Facts(actual));
        switch (expected)
        {
            case YamlSequence list:
                Xunit.Assert.Equal(list.Items.Count, ((YamlSequence)actual).Items.Count);
                foreach (var (item, other) in list.Items.Zip(((YamlSequence)actual).Items))
                {
                    Assert(item, other);
                }

                break;
            case YamlMapping map:
                Xunit.Assert.Equal(map.Pairs.Count, ((YamlMapping)actual).Pairs.Count);
                foreach (var (pair, other) in map.Pairs.Zip(((YamlMapping)actual).Pairs))
                {
                    Assert(pair.Key, other.Key);
                    Assert(pair.Value, other.Value);
                }

                break;
            default:
                break;
        }
    }

    private static object Facts(YamlNode node) => (
        node.GetType(),
        node.Span,
        node.Position,
        node.Tag,
        node.HasProperties,
        node is YamlScalar scalar ? (scalar.Value, scalar.Style, scalar.IsImplicit) : default,
        node is YamlCollection collection ? (collection.IsFlow, collection.Opening) : default);
}
