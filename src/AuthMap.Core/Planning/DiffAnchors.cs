namespace AuthMap.Planning;

/// <summary>Lines that occur once in either text and in the same order in both ("patience"): places to split a large comparison at.</summary>
internal static class DiffAnchors
{
    /// <summary>Finds the longest ascending run of such pairs.</summary>
    public static IReadOnlyList<(int A, int B)> Find(int[] a, int[] b, LineDiff.Window window)
    {
        var inB = Unique(b, window.B, window.BEnd);
        List<(int A, int B, int Previous)> pairs = [];
        List<int> tails = [];
        foreach (var (line, atA) in Unique(a, window.A, window.AEnd).Where(pair => pair.Value >= 0).OrderBy(pair => pair.Value))
        {
            if (!inB.TryGetValue(line, out var atB) || atB < 0)
            {
                continue;
            }

            var place = FirstTailNotBefore(atB);
            pairs.Add((atA, atB, place == 0 ? -1 : tails[place - 1]));
            if (place == tails.Count)
            {
                tails.Add(pairs.Count - 1);
            }
            else
            {
                tails[place] = pairs.Count - 1;
            }
        }

        List<(int A, int B)> run = [];
        for (var i = tails.Count == 0 ? -1 : tails[^1]; i >= 0; i = pairs[i].Previous)
        {
            run.Add((pairs[i].A, pairs[i].B));
        }

        run.Reverse();
        return run;

        int FirstTailNotBefore(int atB)
        {
            var (low, high) = (0, tails.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = pairs[tails[middle]].B < atB ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }

    // Where a line stands; -1 when it stands in several places.
    private static Dictionary<int, int> Unique(int[] lines, int start, int end)
    {
        Dictionary<int, int> places = [];
        for (var i = start; i < end; i++)
        {
            if (!places.TryAdd(lines[i], i))
            {
                places[lines[i]] = -1;
            }
        }

        return places;
    }
}
