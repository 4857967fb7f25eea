using AuthMap.Planning;

namespace AuthMap.Merging;

/// <summary>Merges three lists: what each side made of the old one is made to it together.</summary>
internal static class ChunkMerge
{
    /// <returns>The merged list; null when both sides changed the same stretch in different ways and none wins.</returns>
    public static IReadOnlyList<string>? Merge(IReadOnlyList<string> old, IReadOnlyList<string> mine, IReadOnlyList<string> other, bool mineWins)
    {
        var ours = LineDiff.Compute(old, mine).Select(change => Replacement.Of(change, mine)).ToList();
        var theirs = LineDiff.Compute(old, other).Select(change => Replacement.Of(change, other)).ToList();
        if (theirs.RemoveAll(change => ours.Exists(change.Clashes)) > 0 && !mineWins)
        {
            return null;
        }

        // Of two insertions in one place, that which is there already stays first.
        var all = theirs.Concat(ours.Select(change => change.Without(theirs)))
            .OrderBy(change => change.Start).ThenBy(change => change.End);
        List<string> merged = [];
        var done = 0;
        foreach (var change in all)
        {
            Keep(change.Start);
            merged.AddRange(change.Lines);
            done = change.End;
        }

        Keep(old.Count);
        return merged;

        void Keep(int end)
        {
            for (; done < end; done++)
            {
                merged.Add(old[done]);
            }
        }
    }

    private sealed record Replacement(int Start, int End, IReadOnlyList<string> Lines)
    {
        public static Replacement Of(LineChange change, IReadOnlyList<string> list) => new(
            change.OldStart, change.OldStart + change.OldCount, [.. list.Skip(change.NewStart).Take(change.NewCount)]);

        public bool IsSameAs(Replacement other) => Start == other.Start && End == other.End && Lines.SequenceEqual(other.Lines);

        // What both do is done once.
        public Replacement Without(List<Replacement> others) =>
            others.Find(other => Start == other.Start && End == other.End) is { } same ? this with { Lines = [.. Lines.Where(line => !same.Lines.Contains(line))] } : this;

        // Stretches that only touch do not clash, and neither do insertions at their borders.
        public bool Clashes(Replacement other) => Start < other.End && other.Start < End && !IsSameAs(other);
    }
}
