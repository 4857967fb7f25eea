using AuthMap.Authenticator;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Merging;

/// <summary>The three-way merge of one key's text.</summary>
internal static class ListMerge
{
    /// <returns>The merged text, null for an absent key; theirs where something was added to <paramref name="overlaps"/>. Where ours
    /// wins, that happens only to what cannot be merged so that all other changes of theirs are kept.</returns>
    public static string? Merge(SectionKey key, string? @base, string? ours, string? theirs, bool oursWin, List<string> overlaps)
    {
        if (ours == @base || ours == theirs)
        {
            return theirs;
        }

        if (theirs == @base)
        {
            return ours;
        }

        var (old, mine, other) = (Decoder.Decode(key, @base), Decoder.Decode(key, ours), Decoder.Decode(key, theirs));
        if (new[] { old, mine, other }.Any(section => section.Fatal is not null || !ListChunks.CanCut(section)))
        {
            overlaps.Add($"{key.Name()} was changed here and there, and cannot be merged entry by entry");
            return theirs;
        }

        var counts = new[] { old, mine, other }.Select(Count).ToArray();
        var shared = ChangedByBoth(counts[0], counts[1], counts[2]);
        var disputed = shared.Where(change => !change.Value.IsSame).ToDictionary(change => change.Key, change => change.Value.Name);
        if (disputed.Count > 0 && !oursWin)
        {
            overlaps.AddRange(disputed.Values.Distinct(StringComparer.Ordinal).Select(name => $"{key.Name()}: {name}"));
            return theirs;
        }

        var (oldChunks, mineChunks, otherChunks) = (ListChunks.Of(old), ListChunks.Of(mine), ListChunks.Of(other));
        if (oursWin)
        {
            (oldChunks, otherChunks) = Settlement.Settle(key, shared.ContainsKey, oldChunks, mineChunks, otherChunks);
        }

        var text = ListChunks.Join(ChunkMerge.Merge(oldChunks, mineChunks, otherChunks, oursWin), old, mine, other);
        if (text is not null && Decoder.Decode(key, text) is { Root: null })
        {
            // Nothing is left, and a list that lost its last entry is written like this.
            text += "[]\n";
        }

        if (text is null || !IsSum(Decoder.Decode(key, text), counts[0], counts[1], counts[2], mapping => disputed.ContainsKey(MappingIdentity.Of(mapping))))
        {
            overlaps.Add($"{key.Name()} was changed here and there in the same lines");
            return theirs;
        }

        return text;
    }

    private static Dictionary<Mapping, int> Count(Section section) =>
        section.Entries.GroupBy(entry => entry.Mapping).ToDictionary(group => group.Key, group => group.Count());

    // Who is changed by both; with how we spell it, and whether in the same way.
    private static Dictionary<string, (string Name, bool IsSame)> ChangedByBoth(
        Dictionary<Mapping, int> old, Dictionary<Mapping, int> mine, Dictionary<Mapping, int> other)
    {
        var ours = Changed(old, mine).ToLookup(MappingIdentity.Of, StringComparer.Ordinal);
        var theirs = Changed(old, other).ToLookup(MappingIdentity.Of, StringComparer.Ordinal);
        return ours.Where(identity => theirs.Contains(identity.Key)).ToDictionary(
            identity => identity.Key,
            identity => (
                identity.First().Identity,
                identity.Concat(theirs[identity.Key]).All(mapping => mine.GetValueOrDefault(mapping) == other.GetValueOrDefault(mapping))),
            StringComparer.Ordinal);
    }

    private static IEnumerable<Mapping> Changed(Dictionary<Mapping, int> from, Dictionary<Mapping, int> to) =>
        from.Keys.Union(to.Keys).Where(mapping => from.GetValueOrDefault(mapping) != to.GetValueOrDefault(mapping));

    // Each entry is there as often as both changes together make it, and a disputed one as we have it, so nothing was lost or doubled.
    private static bool IsSum(
        Section merged, Dictionary<Mapping, int> old, Dictionary<Mapping, int> mine, Dictionary<Mapping, int> other, Func<Mapping, bool> isDisputed)
    {
        var found = Count(merged);
        return merged.Fatal is null && found.Keys.Concat(mine.Keys).Concat(other.Keys).All(mapping =>
        {
            var (was, here, there) = (old.GetValueOrDefault(mapping), mine.GetValueOrDefault(mapping), other.GetValueOrDefault(mapping));
            return found.GetValueOrDefault(mapping) == (here == there || isDisputed(mapping) ? here : here + there - was);
        });
    }
}
