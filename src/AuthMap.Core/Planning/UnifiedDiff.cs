namespace AuthMap.Planning;

/// <summary>What a line of a diff is.</summary>
public enum DiffLineKind
{
    /// <summary>In both texts.</summary>
    Context,

    /// <summary>Only in the old text.</summary>
    Removed,

    /// <summary>Only in the new text.</summary>
    Added,
}

/// <summary>A line of a diff.</summary>
/// <param name="Kind">Where it stands.</param>
/// <param name="Text">The line without its line feed; a carriage return before that is part of it.</param>
/// <param name="HasLineFeed">Whether a line feed ends it; false only for the last line of a text.</param>
public sealed record DiffLine(DiffLineKind Kind, string Text, bool HasLineFeed);

/// <summary>A part of a diff: lines that differ, and some around them.</summary>
/// <param name="OldLine">The first old line, from 1; by convention the line before when there are none.</param>
/// <param name="OldCount">How many old lines it covers.</param>
/// <param name="NewLine">The first new line, from 1; by convention the line before when there are none.</param>
/// <param name="NewCount">How many new lines it covers.</param>
/// <param name="Lines">The lines.</param>
public sealed record DiffHunk(int OldLine, int OldCount, int NewLine, int NewCount, IReadOnlyList<DiffLine> Lines);

/// <summary>Two texts as <c>diff -u</c> compares them.</summary>
public static class UnifiedDiff
{
    /// <summary>Compares two texts line by line.</summary>
    /// <param name="before">The old text; null counts as empty.</param>
    /// <param name="after">The new text; null counts as empty.</param>
    /// <param name="context">How many equal lines to keep around a difference.</param>
    /// <returns>The hunks, in order; none when the texts are equal.</returns>
    public static IReadOnlyList<DiffHunk> Compute(string? before, string? after, int context = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(context);
        var (old, changed) = (SplitLines(before), SplitLines(after));
        List<DiffHunk> hunks = [];
        List<LineChange> together = [];
        foreach (var change in LineDiff.Compute(old, changed))
        {
            if (together.Count > 0 && change.OldStart - (together[^1].OldStart + together[^1].OldCount) > 2 * context)
            {
                hunks.Add(Hunk(old, changed, together, context));
                together.Clear();
            }

            together.Add(change);
        }

        if (together.Count > 0)
        {
            hunks.Add(Hunk(old, changed, together, context));
        }

        return hunks;
    }

    /// <summary>Splits a text into lines that keep their line feeds.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    public static IReadOnlyList<string> SplitLines(string? text)
    {
        List<string> lines = [];
        for (var start = 0; start < text?.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    private static DiffHunk Hunk(IReadOnlyList<string> old, IReadOnlyList<string> changed, List<LineChange> changes, int context)
    {
        var before = Math.Min(context, changes[0].OldStart);
        var last = changes[^1];
        var after = Math.Min(context, old.Count - last.OldStart - last.OldCount);
        var (at, end) = (changes[0].OldStart - before, last.OldStart + last.OldCount + after);
        var (oldStart, newStart) = (at, changes[0].NewStart - before);
        List<DiffLine> lines = [];
        foreach (var change in changes)
        {
            Add(DiffLineKind.Context, old, at, change.OldStart);
            Add(DiffLineKind.Removed, old, change.OldStart, change.OldStart + change.OldCount);
            Add(DiffLineKind.Added, changed, change.NewStart, change.NewStart + change.NewCount);
            at = change.OldStart + change.OldCount;
        }

        Add(DiffLineKind.Context, old, at, end);
        var (oldCount, newCount) = (end - oldStart, last.NewStart + last.NewCount + after - newStart);
        return new(oldCount == 0 ? oldStart : oldStart + 1, oldCount, newCount == 0 ? newStart : newStart + 1, newCount, lines);

        void Add(DiffLineKind kind, IReadOnlyList<string> from, int start, int stop)
        {
            for (var i = start; i < stop; i++)
            {
                var hasFeed = from[i].EndsWith('\n');
                lines.Add(new(kind, hasFeed ? from[i][..^1] : from[i], hasFeed));
            }
        }
    }
}
