namespace AuthMap.Planning;

/// <summary>Myers, "An O(ND) difference algorithm": the furthest reaching path for every number of differences, then back along it.</summary>
internal static class MyersDiff
{
    /// <summary>Marks the lines that differ in a window; false, and nothing marked, when more than <paramref name="max"/> do.</summary>
    public static bool TryMark(int[] a, int[] b, LineDiff.Window window, int max, bool[] removed, bool[] added)
    {
        var (n, m) = (window.AEnd - window.A, window.BEnd - window.B);
        max = Math.Min(max, n + m);
        var reach = new int[(2 * max) + 3];
        var origin = max + 1;
        List<int[]> trace = [];
        for (var d = 0; d <= max; d++)
        {
            for (var k = -d; k <= d; k += 2)
            {
                var x = IsDown(reach, origin, k, d) ? reach[origin + k + 1] : reach[origin + k - 1] + 1;
                var y = x - k;
                while (x < n && y >= 0 && y < m && a[window.A + x] == b[window.B + y])
                {
                    x++;
                    y++;
                }

                reach[origin + k] = x;
                if (x >= n && y >= m)
                {
                    MarkBack(trace, d, window, removed, added);
                    return true;
                }
            }

            // What the next round starts from: diagonals -d to d.
            trace.Add(reach[(origin - d)..(origin + d + 1)]);
        }

        return false;
    }

    private static void MarkBack(List<int[]> trace, int differences, LineDiff.Window window, bool[] removed, bool[] added)
    {
        var (x, y) = (window.AEnd - window.A, window.BEnd - window.B);
        for (var d = differences; d > 0; d--)
        {
            var before = trace[d - 1];
            var k = x - y;
            var down = k == -d || (k != d && before[k - 1 + d - 1] < before[k + 1 + d - 1]);
            var from = down ? k + 1 : k - 1;
            x = before[from + d - 1];
            y = x - from;
            if (down)
            {
                added[window.B + y] = true;
            }
            else
            {
                removed[window.A + x] = true;
            }
        }
    }

    private static bool IsDown(int[] reach, int origin, int k, int d) =>
        k == -d || (k != d && reach[origin + k - 1] < reach[origin + k + 1]);
}
