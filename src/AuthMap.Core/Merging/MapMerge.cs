using AuthMap.Documents;

namespace AuthMap.Merging;

/// <summary>Two changes of one map become one, entry by entry.</summary>
public static class MapMerge
{
    /// <summary>Makes the difference between two states of a map to a third one.</summary>
    /// <param name="base">The map that both changes started from.</param>
    /// <param name="ours">What we made of it.</param>
    /// <param name="theirs">What others made of it: the map now.</param>
    /// <param name="overlaps">What both changed in different ways, a line each; empty when the changes can live together.</param>
    /// <returns>The map with both changes; where they overlap, with theirs.</returns>
    public static MapTexts Merge(MapTexts @base, MapTexts ours, MapTexts theirs, out IReadOnlyList<string> overlaps) =>
        Merge(@base, ours, theirs, oursWin: false, out overlaps);

    /// <summary>The same for a person to look at: where the changes overlap, ours stands there; all else that others did is kept.</summary>
    /// <inheritdoc cref="Merge(MapTexts, MapTexts, MapTexts, out IReadOnlyList{string})"/>
    /// <returns>The map; null when it cannot be made without losing something that others did.</returns>
    public static MapTexts? MergeForReview(MapTexts @base, MapTexts ours, MapTexts theirs)
    {
        var merged = Merge(@base, ours, theirs, oursWin: true, out var left);
        return left.Count == 0 ? merged : null;
    }

    private static MapTexts Merge(MapTexts @base, MapTexts ours, MapTexts theirs, bool oursWin, out IReadOnlyList<string> overlaps)
    {
        ArgumentNullException.ThrowIfNull(@base);
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(theirs);
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> found = [];
        foreach (var key in SectionKeys.All)
        {
            var name = key.Name();
            var (old, mine, other) = (@base.Data.GetValueOrDefault(name), ours.Data.GetValueOrDefault(name), theirs.Data.GetValueOrDefault(name));
            if (ListMerge.Merge(key, old, mine, other, oursWin, found) is { } text)
            {
                merged.Add(name, text);
            }
        }

        overlaps = found;
        return new(merged);
    }
}
