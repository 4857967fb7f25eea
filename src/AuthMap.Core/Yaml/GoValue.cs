namespace AuthMap.Yaml;

/// <summary>A value as go-yaml v2 hands it on untyped: types resolved, aliases followed, merges and repeated keys settled.</summary>
internal abstract record GoValue(YamlNode Node);

/// <summary>A scalar.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Type">Its type.</param>
/// <param name="Text">Its text; for numbers and booleans as written.</param>
internal sealed record GoScalar(YamlNode Node, ScalarType Type, string Text) : GoValue(Node);

/// <summary>A list.</summary>
internal sealed record GoList(YamlNode Node, IReadOnlyList<GoValue> Items) : GoValue(Node);

/// <summary>A mapping with string keys in byte order, as it leaves for JSON.</summary>
internal sealed record GoMap(YamlNode Node, IReadOnlyList<KeyValuePair<string, GoValue>> Fields) : GoValue(Node);
