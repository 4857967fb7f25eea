namespace AuthMap.Documents;

/// <summary>The map's three texts at one moment; keys that are absent are absent here, too.</summary>
/// <param name="Data">The texts by key.</param>
public sealed record MapTexts(IReadOnlyDictionary<string, string> Data)
{
    /// <summary>The texts of an object's <c>data</c>; foreign keys are left out.</summary>
    /// <param name="data">The <c>data</c>.</param>
    public static MapTexts Of(IReadOnlyDictionary<string, string> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Where(pair => SectionKeys.All.Any(key => key.Name() == pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
    }

    /// <summary>These texts, with those of another in their place where it has some.</summary>
    /// <param name="other">The other.</param>
    public MapTexts With(MapTexts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Data.Where(pair => !other.Data.ContainsKey(pair.Key)).Concat(other.Data)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
    }

    /// <summary>Whether both hold the same keys with the same texts.</summary>
    /// <param name="other">The other.</param>
    public bool IsSameAs(MapTexts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Data.Count == other.Data.Count
            && Data.All(pair => other.Data.TryGetValue(pair.Key, out var text) && text == pair.Value);
    }
}
