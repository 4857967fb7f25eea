using AuthMap.Planning;

namespace AuthMap.Core.Tests.Planning;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void A_change_is_shown_with_the_lines_around_it() => Assert.Equal(
        """
        @@ -2,3 +2,3 @@
         b
        -c
        +x
         d

        """,
        Show("a\nb\nc\nd\ne\n", "a\nb\nx\nd\ne\n", context: 1));

    [Fact]
    public void Changes_far_apart_are_hunks_of_their_own() => Assert.Equal(
        """
        @@ -1,2 +1,1 @@
        -a
         b
        @@ -4,1 +3,2 @@
         d
        +e

        """,
        Show("a\nb\nc\nd\n", "b\nc\nd\ne\n", context: 1));

    [Fact]
    public void Changes_close_together_are_one_hunk() =>
        Assert.Single(UnifiedDiff.Compute("a\nb\nc\n", "x\nb\ny\n", context: 1));

    [Fact]
    public void An_absent_text_is_empty() => Assert.Equal("@@ -0,0 +1,1 @@\n+a\n", Show(null, "a\n", context: 3));

    [Fact]
    public void A_lost_final_line_feed_is_a_difference()
    {
        var lines = Assert.Single(UnifiedDiff.Compute("a\n", "a")).Lines;
        Assert.Equal([new(DiffLineKind.Removed, "a", true), new(DiffLineKind.Added, "a", false)], lines);
    }

    [Fact]
    public void Line_numbers_count_from_one() => Assert.Equal(3, UnifiedDiff.Compute("a\nb\nc\n", "a\nb\n", context: 0)[0].OldLine);

    private static string Show(string? before, string? after, int context) => string.Concat(
        UnifiedDiff.Compute(before, after, context).Select(hunk =>
            $"@@ -{hunk.OldLine},{hunk.OldCount} +{hunk.NewLine},{hunk.NewCount} @@\n" + string.Concat(hunk.Lines.Select(line =>
                (line.Kind switch { DiffLineKind.Added => '+', DiffLineKind.Removed => '-', _ => ' ' }) + line.Text + "\n"))));
}
