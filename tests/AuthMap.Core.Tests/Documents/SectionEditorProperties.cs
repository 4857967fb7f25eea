using AuthMap.Authenticator;
using AuthMap.Documents;
using AuthMap.Mappings;
using CsCheck;

namespace AuthMap.Core.Tests.Documents;

/// <summary>What holds for every list and every edit; the oracle here compares text with text and knows nothing of splices.</summary>
public class SectionEditorProperties
{
    private static readonly Gen<GroupList> s_groups =
        Pick.From("system:masters", "view", "edit", "team one", "yes", "{{AccountID}}").Array[0, 3].Select(items => GroupList.From(items.Distinct()));

    private static readonly Gen<RoleMapping> s_new =
        from username in Pick.From("dev-user", "", "123", "{{SessionName}}", "a: b", "it's", "x #y", "yes", "tab\there")
        from groups in s_groups
        select new RoleMapping("arn:aws:iam::444455556666:role/new", username, groups);

    [Fact]
    public void An_append_inserts_one_run_of_text_and_nothing_else() => Gen.Select(MapGenerator.Lists, s_new).Sample(
        (text, mapping) =>
        {
            var after = Edit(text, new AppendEntry(mapping));
            Assert.True(after.Length > text.Length);
            var prefix = CommonPrefix(text, after);
            Assert.EndsWith(text[prefix..], after, StringComparison.Ordinal);
            Assert.Equal(mapping, Read(after).Entries[^1].Mapping);
            Assert.Equal(Mappings(text), Mappings(after).SkipLast(1));
        },
        iter: 1000);

    [Fact]
    public void Create_then_delete_restores_the_text() => Gen.Select(MapGenerator.Lists, s_new).Sample(
        (text, mapping) =>
        {
            var created = Read(Edit(text, new AppendEntry(mapping)));
            Assert.Equal(text, SectionEditor.Apply(created, [new RemoveEntry(created.Entries[^1].Index)]).Text);
        },
        iter: 1000);

    [Fact]
    public void A_removal_takes_one_run_of_text_that_holds_the_entry_and_at_most_its_comment() =>
        Gen.Select(MapGenerator.Lists, Gen.Int[0, 4]).Sample(
            (text, pick) =>
            {
                var before = Read(text);
                var entry = before.Entries[pick % before.Entries.Count];
                var after = SectionEditor.Apply(before, [new RemoveEntry(entry.Index)]).Text!;
                if (before.Entries.Count == 1)
                {
                    Assert.Empty(Read(after).Entries);
                    Assert.Contains("[]", after, StringComparison.Ordinal);
                    return;
                }

                var prefix = CommonPrefix(text, after);
                Assert.EndsWith(after[prefix..], text, StringComparison.Ordinal);
                Assert.Equal(before.Entries.Where(kept => kept != entry).Select(kept => kept.Mapping), Mappings(after));
                // Every line of the others is still there, comments included that are not directly above the entry.
                var removed = text.Split('\n').Length - after.Split('\n').Length;
                var own = text[entry.Span.Start..entry.Span.End].Split('\n').Length;
                Assert.InRange(removed, own, own + 2);
            },
            iter: 1000);

    [Fact]
    public void An_update_touches_only_the_lines_of_its_entry() =>
        Gen.Select(MapGenerator.Lists, Gen.Int[0, 4], Pick.From("dev-user", "123", "{{SessionName}}", null), s_groups, Gen.Bool).Sample(
            (text, pick, username, groups, changeGroups) =>
            {
                var before = Read(text);
                var entry = before.Entries[pick % before.Entries.Count];
                var current = (RoleMapping)entry.Mapping;
                // As the planner words it: what stays keeps its place, what is new follows.
                var wanted = changeGroups
                    ? GroupList.From(current.Groups.Where(groups.Contains).Concat(groups.Where(group => !current.Groups.Contains(group))))
                    : null;
                var after = SectionEditor.Apply(before, [new UpdateEntry(entry.Index, username, wanted)]);
                var expected = current with { Username = username ?? current.Username, Groups = wanted ?? current.Groups };
                Assert.Equal(expected, after.Entries.Single(kept => kept.Index == entry.Index).Mapping);
                Assert.StartsWith(text[..entry.Span.Start], after.Text, StringComparison.Ordinal);
                var rest = text[entry.Span.End..];
                // The comment behind the last line may go with a group; the lines below may not.
                var below = rest.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? rest[(end + 1)..] : "";
                Assert.EndsWith(below, after.Text, StringComparison.Ordinal);
            },
            iter: 2000);

    [Fact]
    public void Several_edits_at_once_equal_the_same_edits_one_by_one() =>
        Gen.Select(MapGenerator.Lists, Gen.Int[0, 31], s_new).Sample(
            (text, mask, mapping) =>
            {
                var before = Read(text);
                var removals = before.Entries.Where(entry => (mask >> entry.Index & 1) == 1).Select(entry => new RemoveEntry(entry.Index)).ToList();
                var together = SectionEditor.Apply(before, [.. removals, new AppendEntry(mapping)]);
                var oneByOne = SectionEditor.Apply(before, [new AppendEntry(mapping)]);
                foreach (var removal in removals.OrderByDescending(removal => removal.Index))
                {
                    oneByOne = SectionEditor.Apply(oneByOne, [removal]);
                }

                Assert.Equal(oneByOne.Entries.Select(entry => entry.Mapping), together.Entries.Select(entry => entry.Mapping));
            },
            iter: 1000);

    [Fact]
    public void Nothing_that_is_read_can_crash_an_edit() => Gen.Select(
        Pick.From("- ", "rolearn: a", "\n", " ", "  ", "[", "]", "{", "}", ",", ": ", "&a", "*a", "\"", "'", "|", ">", "#c", "\t", "---", "null", "<<: ", "!!str ", "\r\n")
            .Array[0, 14].Select(string.Concat),
        s_new,
        Gen.Int[0, 2]).Sample(
            (text, mapping, kind) =>
            {
                var before = Read(text);
                SectionEdit edit = (kind, before.Entries) switch
                {
                    (1, [var entry, ..]) => new RemoveEntry(entry.Index),
                    (2, [var entry, ..]) => new UpdateEntry(entry.Index, "other", ["g"]),
                    _ => new AppendEntry(mapping),
                };
                try
                {
                    var after = SectionEditor.Apply(before, [edit]);
                    Assert.Null(after.Fatal);
                }
                catch (AuthMapException exception)
                {
                    Assert.Equal(FailureKind.Refused, exception.Failure.Kind);
                }
            },
            iter: 20000);

    private static Section Read(string text) => Decoder.Decode(SectionKey.MapRoles, text);

    private static IEnumerable<Mapping> Mappings(string text) => Read(text).Entries.Select(entry => entry.Mapping);

    private static string Edit(string text, SectionEdit edit) => SectionEditor.Apply(Read(text), [edit]).Text!;

    private static int CommonPrefix(string a, string b) => a.AsSpan().CommonPrefixLength(b);
}
