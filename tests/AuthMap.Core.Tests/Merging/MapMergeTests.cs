using AuthMap.Authenticator;
using AuthMap.Core.Tests.Planning;
using AuthMap.Documents;
using AuthMap.Merging;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Merging;

public sealed class MapMergeTests
{
    private const string A = "- rolearn: arn:aws:iam::111122223333:role/a\n  username: a\n";
    private const string Mine = "- rolearn: arn:aws:iam::111122223333:role/a\n  username: mine\n";
    private const string Theirs = "- rolearn: arn:aws:iam::111122223333:role/a\n  username: theirs\n";
    private const string B = "# about b\n- rolearn: arn:aws:iam::111122223333:role/b\n  username: b\n";
    private const string C = "- rolearn: arn:aws:iam::111122223333:role/c\n  username: c\n";
    private const string D = "- rolearn: arn:aws:iam::111122223333:role/d\n  username: d\n";

    [Fact]
    public void What_only_one_side_changed_is_taken_from_it()
    {
        Assert.Equal(A + B, Merged(A, A + B, A));
        Assert.Equal(A + B, Merged(A, A, A + B));
        Assert.Equal(A + B, Merged(A, A + B, A + B));
        Assert.Null(Merged(A, null, A));
    }

    [Fact]
    public void Changes_of_different_entries_live_together()
    {
        Assert.Equal(A.Replace("username: a", "username: x") + C, Merged(A + B + C, A.Replace("username: a", "username: x") + B + C, A + C));
        Assert.Equal(A + C + D, Merged(A + B + C, A + C, A + B + C + D));
        Assert.Equal(D + A + B.Replace("about b", "of team b"), Merged(A + B, D + A + B, A + B.Replace("about b", "of team b")));
    }

    [Fact]
    public void Of_two_entries_added_in_one_place_that_which_is_there_stays_first() =>
        Assert.Equal(A + C + D, Merged(A, A + D, A + C));

    [Fact]
    public void The_same_entry_added_by_both_is_there_once() => Assert.Equal(A + C + D, Merged(A, A + C, A + C + D));

    [Fact]
    public void A_missing_last_line_ending_stays_missing() => Assert.Equal((A + C + D).TrimEnd(), Merged(A.TrimEnd(), (A + D).TrimEnd(), (A + C).TrimEnd()));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[]\n")]
    [InlineData("# none\n")]
    public void Entries_added_to_an_empty_list_by_both_are_all_there(string? old)
    {
        var merged = Merged(old, D, C)!;

        Assert.EndsWith(C + D, merged, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_both_sides_emptied_together_is_an_empty_list() => Assert.Equal("[]\n", Merged(A + C, A, C));

    [Fact]
    public void An_entry_that_both_sides_changed_in_different_ways_is_named()
    {
        Assert.Equal(["mapRoles: arn:aws:iam::111122223333:role/a"], Overlaps(A + C, A.Replace("username: a", "username: x") + C, C));
        Assert.Equal(["mapRoles: arn:aws:iam::111122223333:role/d"], Overlaps(A, A + D, D.Replace("username: d", "username: x") + A));
    }

    [Fact]
    public void For_review_ours_stands_where_both_changed_the_same_and_theirs_elsewhere()
    {
        var mine = A.Replace("username: a", "username: mine");
        var theirs = A.Replace("username: a", "username: theirs");

        var merged = MapMerge.MergeForReview(Texts(A + C), Texts(mine + C), Texts(theirs + C + D));

        Assert.Equal(mine + C + D, merged!.Data["mapRoles"]);
    }

    [Theory]
    [InlineData("added right behind it", Theirs + D)]
    [InlineData("added right before it", D + Theirs)]
    [InlineData("taken out beside it", Theirs, A + C, Mine + C)]
    [InlineData("added, and the entry itself taken out", D, A, Mine)]
    [InlineData("changed on both sides of it", "- {rolearn: \"arn:aws:iam::111122223333:role/c\"}\n" + Theirs + D, C + A + B, C + Mine + B)]
    public void What_others_did_around_a_disputed_entry_is_kept_for_review(string what, string theirs, string old = A, string mine = Mine)
    {
        var merged = MapMerge.MergeForReview(Texts(old), Texts(mine), Texts(theirs))!.Data["mapRoles"];

        Assert.True(merged.Contains("username: mine", StringComparison.Ordinal), what);
        Assert.DoesNotContain("theirs", merged, StringComparison.Ordinal);
        Assert.Equal(
            Identities(theirs).Append("arn:aws:iam::111122223333:role/a").Distinct().Order(), Identities(merged).Order());
    }

    [Fact]
    public void An_entry_that_we_took_out_is_not_there_for_review_and_their_new_one_is() => Assert.Equal(
        C + D, MapMerge.MergeForReview(Texts(A + C), Texts(C), Texts(Theirs + C + D))!.Data["mapRoles"]);

    [Fact]
    public void What_cannot_be_merged_without_losing_theirs_is_not_merged_for_review() =>
        Assert.Null(MapMerge.MergeForReview(Texts(A), Texts(Mine), Texts("[{rolearn: \"arn:aws:iam::111122223333:role/d\", username: d}]\n")));

    [Fact]
    public void Comments_that_both_sides_changed_in_different_ways_are_an_overlap() => Assert.Equal(
        ["mapRoles was changed here and there in the same lines"],
        Overlaps(A + B, A + B.Replace("about b", "x"), A + B.Replace("about b", "y")));

    [Theory]
    [InlineData("- rolearn: [\n", A + C)]
    [InlineData("[{rolearn: \"arn:aws:iam::111122223333:role/d\"}]\n", A + C)]
    [InlineData(A + D, "nonsense: yes\n")]
    public void What_is_no_plain_list_is_not_merged(string mine, string other) => Assert.Equal(
        ["mapRoles was changed here and there, and cannot be merged entry by entry"], Overlaps(A, mine, other));

    [Fact]
    public void A_replacement_that_merges_is_planned_on_the_map_as_it_is_now()
    {
        var wish = new ReplaceTexts(Texts(A + D), Texts(A), Merge: true);

        var plan = Planner.Plan(Maps.Of(A + C), [wish]);

        Assert.Equal(A + C + D, plan.After.Data["mapRoles"]);
        Assert.Equal("arn:aws:iam::111122223333:role/d", Assert.Single(plan.Changes).Identity);
        Assert.Single(plan.Notices);
    }

    [Fact]
    public void A_replacement_is_a_conflict_where_it_overlaps_and_where_it_does_not_merge()
    {
        var overlap = Maps.Refused(Maps.Of(C), new ReplaceTexts(Texts(A.Replace("username: a", "username: x")), Texts(A), Merge: true));
        var other = Maps.Refused(Maps.Of(A + C), new ReplaceTexts(Texts(A + D), Texts(A)));

        Assert.Equal((FailureKind.Conflict, FailureKind.Conflict), (overlap.Kind, other.Kind));
        Assert.Equal(["mapRoles: arn:aws:iam::111122223333:role/a"], overlap.Details);
    }

    private static IEnumerable<string> Identities(string text) =>
        Decoder.Decode(SectionKey.MapRoles, text).Entries.Select(entry => entry.Mapping.Identity);

    private static string? Merged(string? old, string? mine, string? other)
    {
        var merged = MapMerge.Merge(Texts(old), Texts(mine), Texts(other), out var overlaps);
        Assert.Empty(overlaps);
        return merged.Data.GetValueOrDefault("mapRoles");
    }

    private static IReadOnlyList<string> Overlaps(string? old, string? mine, string? other)
    {
        var merged = MapMerge.Merge(Texts(old), Texts(mine), Texts(other), out var overlaps);
        Assert.True(merged.IsSameAs(Texts(other)));
        return overlaps;
    }

    private static MapTexts Texts(string? roles) => MapTexts.Of(Maps.Of(roles).Data);
}
