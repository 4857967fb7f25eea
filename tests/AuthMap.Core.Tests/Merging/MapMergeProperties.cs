using AuthMap.Authenticator;
using AuthMap.Core.Tests.Documents;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Merging;
using CsCheck;

namespace AuthMap.Core.Tests.Merging;

/// <summary>On random lists: merging two edits of different entries is as good as making both at once.</summary>
public sealed class MapMergeProperties
{
    private static readonly Gen<SectionEdit> s_mine =
        from kind in Gen.Int[0, 2]
        from pick in Gen.Int[0, 4]
        select Edit(kind, pick, "mine");

    private static readonly Gen<SectionEdit> s_other =
        from kind in Gen.Int[0, 2]
        from pick in Gen.Int[0, 4]
        select Edit(kind, pick, "other");

    [Fact]
    public void Two_edits_of_different_entries_merge_to_the_text_that_both_make() =>
        Gen.Select(MapGenerator.Lists, s_mine, s_other).Sample(
            (text, mine, other) =>
            {
                var old = Decoder.Decode(SectionKey.MapRoles, text);
                // Where a last line ending is missing, an edit may take that of the line before.
                if (text[^1] != '\n' || !Fits(old, mine) || !Fits(old, other) || (IndexOf(mine) is { } index && index == IndexOf(other)))
                {
                    return;
                }

                var (ours, theirs) = (SectionEditor.Apply(old, [mine]), SectionEditor.Apply(old, [other]));
                var merged = MapMerge.Merge(Texts(text), Texts(ours.Text!), Texts(theirs.Text!), out var overlaps);

                // Which of two equal comments goes with an entry cannot be told; then it may be a conflict, too, but never another map.
                var both = SectionEditor.Apply(old, [other, mine]);
                if (!HasEqualComments(text))
                {
                    Assert.Empty(overlaps);
                    Assert.Equal(both.Text, merged.Data["mapRoles"]);
                }
                else if (overlaps.Count == 0)
                {
                    var entries = Decoder.Decode(SectionKey.MapRoles, merged.Data["mapRoles"]).Entries;
                    Assert.Equal(both.Entries.Select(entry => entry.Mapping), entries.Select(entry => entry.Mapping));
                }
            },
            iter: 1000);

    [Fact]
    public void For_review_nothing_that_others_did_to_other_entries_is_lost() =>
        Gen.Select(MapGenerator.Lists, s_mine, s_other, s_other).Sample(
            (text, mine, first, second) =>
            {
                var old = Decoder.Decode(SectionKey.MapRoles, text);
                if (!Fits(old, mine) || !Fits(old, first) || !Fits(old, second) || IndexOf(first) > IndexOf(second) - 1)
                {
                    return;
                }

                var ours = SectionEditor.Apply(old, [mine]);
                var theirs = SectionEditor.Apply(old, first == second ? [first] : [first, second]);
                if (MapMerge.MergeForReview(Texts(text), Texts(ours.Text!), Texts(theirs.Text!)) is not { } merged)
                {
                    // Comments that both took out with an entry may stand in the way.
                    Assert.True(text[^1] != '\n' || CommentsOf(text).Count > 0);
                    return;
                }

                var touched = Mappings(old).Except(Mappings(ours)).Select(mapping => mapping.Identity).ToHashSet();
                var found = Mappings(Decoder.Decode(SectionKey.MapRoles, merged.Data["mapRoles"]));
                Assert.Empty(Mappings(theirs).Where(mapping => !touched.Contains(mapping.Identity)).Except(found));
                Assert.Empty(Mappings(ours).Except(Mappings(old)).Except(found));
            },
            iter: 1000);

    private static IEnumerable<Mapping> Mappings(Section section) => section.Entries.Select(entry => entry.Mapping);

    private static bool HasEqualComments(string text) => CommentsOf(text) is var lines && lines.Distinct().Count() < lines.Count;

    private static List<string> CommentsOf(string text) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line is "" or ['#', ..]).SkipLast(1)];

    // Emptied lists take another form, which the unit tests look at.
    private static bool Fits(Section section, SectionEdit edit) => IndexOf(edit) is not { } index
        || (section.Entries.Count > 2 && section.Entries.Any(entry => entry.Index == index));

    private static int? IndexOf(SectionEdit edit) => edit switch
    {
        UpdateEntry update => update.Index,
        RemoveEntry remove => remove.Index,
        _ => null,
    };

    private static SectionEdit Edit(int kind, int pick, string name) => kind switch
    {
        0 => new AppendEntry(new RoleMapping($"arn:aws:iam::444455556666:role/{name}", name, GroupList.From([name]))),
        1 => new UpdateEntry(pick, name, null),
        _ => new RemoveEntry(pick),
    };

    private static MapTexts Texts(string roles) => new(new Dictionary<string, string> { ["mapRoles"] = roles });
}
