using System.Diagnostics;
using AuthMap.Planning;
using CsCheck;

namespace AuthMap.Core.Tests.Planning;

public sealed class LineDiffTests
{
    [Fact]
    public void Equal_lists_have_no_changes() => Assert.Empty(LineDiff.Compute(["a", "b"], ["a", "b"]));

    [Fact]
    public void Additions_removals_and_replacements_are_found() => Assert.Equal(
        [new LineChange(0, 0, 0, 1), new LineChange(1, 1, 2, 0), new LineChange(3, 1, 3, 2)],
        LineDiff.Compute(["a", "b", "c", "d"], ["x", "a", "c", "y", "z"]));

    [Fact]
    public void A_removed_list_item_begins_at_its_own_dash()
    {
        string[] before = ["- groups:", "  - g", "  rolearn: a", "- groups:", "  - g", "  rolearn: b", "- groups:", "  - g", "  rolearn: c"];
        string[] after = [.. before[..3], .. before[6..]];
        Assert.Equal([new LineChange(3, 3, 3, 0)], LineDiff.Compute(before, after));
    }

    [Fact]
    public void An_added_list_item_begins_at_its_own_dash()
    {
        string[] after = ["- groups:", "  - g", "  rolearn: a", "- groups:", "  - g", "  rolearn: b"];
        Assert.Equal([new LineChange(3, 0, 3, 3)], LineDiff.Compute(after[..3], after));
    }

    [Fact]
    public void Applying_the_changes_gives_the_new_lines_and_no_two_changes_touch()
    {
        var lines = Gen.OneOf("a", "b", " c", "  d", "").Array[0, 30];
        Gen.Select(lines, lines).Sample((before, after) =>
        {
            var changes = LineDiff.Compute(before, after);
            Assert.Equal(after, Apply(before, after, changes));
            Assert.All(changes.Zip(changes.Skip(1)), pair =>
                Assert.True(pair.First.OldStart + pair.First.OldCount < pair.Second.OldStart));
        });
    }

    [Fact]
    public void The_changes_are_as_few_as_the_longest_common_subsequence_allows()
    {
        var lines = Gen.OneOf("a", "b", "c").Array[0, 12];
        Gen.Select(lines, lines).Sample((before, after) => Assert.Equal(
            before.Length + after.Length - (2 * CommonLength(before, after)),
            LineDiff.Compute(before, after).Sum(change => change.OldCount + change.NewCount)));
    }

    [Fact]
    public void Twenty_thousand_lines_with_little_in_common_are_compared_quickly()
    {
        string[] before = [.. Enumerable.Range(0, 20_000).Select(i => i % 5 == 0 ? $"common {i}" : i % 2 == 0 ? "same" : $"old {i}")];
        string[] after = [.. Enumerable.Range(0, 20_000).Select(i => i % 5 == 0 ? $"common {i}" : i % 3 == 0 ? "same" : $"new {i}")];
        var watch = Stopwatch.StartNew();
        var changes = LineDiff.Compute(before, after);
        Assert.Equal(after, Apply(before, after, changes));
        Assert.True(changes.Count > 1000, "the common lines are found");
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), $"took {watch.Elapsed}");
    }

    private static string[] Apply(string[] before, string[] after, IReadOnlyList<LineChange> changes)
    {
        List<string> result = [];
        var at = 0;
        foreach (var change in changes)
        {
            result.AddRange(before[at..change.OldStart]);
            Assert.Equal(result.Count, change.NewStart);
            result.AddRange(after[change.NewStart..(change.NewStart + change.NewCount)]);
            at = change.OldStart + change.OldCount;
        }

        return [.. result, .. before[at..]];
    }

    private static int CommonLength(string[] a, string[] b)
    {
        var length = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                length[i, j] = a[i - 1] == b[j - 1] ? length[i - 1, j - 1] + 1 : Math.Max(length[i - 1, j], length[i, j - 1]);
            }
        }

        return length[a.Length, b.Length];
    }
}
