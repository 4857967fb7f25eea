namespace AuthMap.Planning;

/// <summary>A stretch of lines that differs: lines of the old text, replaced by lines of the new one.</summary>
/// <param name="OldStart">The first old line, from 0; the place of insertion when <paramref name="OldCount"/> is 0.</param>
/// <param name="OldCount">How many old lines go.</param>
/// <param name="NewStart">The first new line, from 0; the place of the gap when <paramref name="NewCount"/> is 0.</param>
/// <param name="NewCount">How many new lines come.</param>
public readonly record struct LineChange(int OldStart, int OldCount, int NewStart, int NewCount);

/// <summary>
/// The lines in which two texts differ. Shortest where that is affordable (Myers' greedy algorithm); texts that have little in common
/// are split at the lines that occur once in both, so that the time stays linear in practice.
/// </summary>
public static class LineDiff
{
    // More differences than this in one stretch are not sorted out line by line: the trace grows with the square.
    private const int MaxDistance = 1000;

    /// <summary>Compares two lists of lines.</summary>
    /// <param name="before">The old lines.</param>
    /// <param name="after">The new lines.</param>
    /// <returns>What differs, in order, without touching neighbours; empty when the lists are equal. Where a stretch may begin at
    /// several places, it begins at the least indented line, as a list item does.</returns>
    public static IReadOnlyList<LineChange> Compute(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (a, b) = Number(before, after);
        var removed = new bool[a.Length];
        var added = new bool[b.Length];
        Compare(a, b, new(0, a.Length, 0, b.Length), removed, added, mayAnchor: true);
        return DiffSlider.Settle(before, after, Collect(removed, added));
    }

    // Equal lines get equal numbers, so that lines are hashed once and compared as integers.
    private static (int[] Before, int[] After) Number(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return (NumberLines(before), NumberLines(after));

        int[] NumberLines(IReadOnlyList<string> lines)
        {
            var result = new int[lines.Count];
            for (var i = 0; i < result.Length; i++)
            {
                if (!numbers.TryGetValue(lines[i], out result[i]))
                {
                    result[i] = numbers.Count;
                    numbers.Add(lines[i], result[i]);
                }
            }

            return result;
        }
    }

    private static void Compare(int[] a, int[] b, Window window, bool[] removed, bool[] added, bool mayAnchor)
    {
        window = window.WithoutCommonEnds(a, b);
        if (window.IsOneSided || !MyersDiff.TryMark(a, b, window, MaxDistance, removed, added))
        {
            if (!window.IsOneSided && mayAnchor)
            {
                CompareBetweenAnchors(a, b, window, removed, added);
                return;
            }

            removed.AsSpan(window.A..window.AEnd).Fill(true);
            added.AsSpan(window.B..window.BEnd).Fill(true);
        }
    }

    private static void CompareBetweenAnchors(int[] a, int[] b, Window window, bool[] removed, bool[] added)
    {
        var (fromA, fromB) = (window.A, window.B);
        foreach (var (atA, atB) in DiffAnchors.Find(a, b, window))
        {
            Compare(a, b, new(fromA, atA, fromB, atB), removed, added, mayAnchor: false);
            (fromA, fromB) = (atA + 1, atB + 1);
        }

        Compare(a, b, new(fromA, window.AEnd, fromB, window.BEnd), removed, added, mayAnchor: false);
    }

    private static List<LineChange> Collect(bool[] removed, bool[] added)
    {
        List<LineChange> changes = [];
        var (a, b) = (0, 0);
        while (a < removed.Length || b < added.Length)
        {
            var (startA, startB) = (a, b);
            while (a < removed.Length && removed[a])
            {
                a++;
            }

            while (b < added.Length && added[b])
            {
                b++;
            }

            if (a == startA && b == startB)
            {
                a++;
                b++;
            }
            else
            {
                changes.Add(new(startA, a - startA, startB, b - startB));
            }
        }

        return changes;
    }

    /// <summary>A stretch of both lists; ends are exclusive.</summary>
    internal readonly record struct Window(int A, int AEnd, int B, int BEnd)
    {
        public bool IsOneSided => A == AEnd || B == BEnd;

        public Window WithoutCommonEnds(int[] a, int[] b)
        {
            var head = a.AsSpan(A..AEnd).CommonPrefixLength(b.AsSpan(B..BEnd));
            var (aEnd, bEnd) = (AEnd, BEnd);
            while (aEnd > A + head && bEnd > B + head && a[aEnd - 1] == b[bEnd - 1])
            {
                aEnd--;
                bEnd--;
            }

            return new(A + head, aEnd, B + head, bEnd);
        }
    }
}
