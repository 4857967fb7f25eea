namespace AuthMap.Manifests;

/// <summary>Finds the lines that an edit left alone.</summary>
internal static class LineAlignment
{
    // Between the common start and the common end; beyond this the lines in between count as new.
    private const long MaxCells = 4_000_000;

    /// <summary>For each new line, the index of the old line that it is; -1 for a new one. The indexes rise.</summary>
    public static int[] Align(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var origin = new int[after.Count];
        Array.Fill(origin, -1);
        var (start, beforeEnd, afterEnd) = (0, before.Count, after.Count);
        for (; start < beforeEnd && start < afterEnd && before[start] == after[start]; start++)
        {
            origin[start] = start;
        }

        while (beforeEnd > start && afterEnd > start && before[beforeEnd - 1] == after[afterEnd - 1])
        {
            origin[--afterEnd] = --beforeEnd;
        }

        var (rows, columns) = (beforeEnd - start, afterEnd - start);
        if ((long)rows * columns is 0 or > MaxCells)
        {
            return origin;
        }

        // length[i, j]: the longest common subsequence of the lines from i and from j on.
        var length = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = columns - 1; j >= 0; j--)
            {
                length[i, j] = before[start + i] == after[start + j]
                    ? length[i + 1, j + 1] + 1
                    : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < rows && j < columns;)
        {
            if (before[start + i] == after[start + j])
            {
                origin[start + j++] = start + i++;
            }
            else if (length[i + 1, j] >= length[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return origin;
    }
}
