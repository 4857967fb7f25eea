using AuthMap.Authenticator;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Core.Tests.Documents;

public class SectionEditorTests
{
    private const string Dev = "arn:aws:iam::111122223333:role/k8sDev";

    private static readonly RoleMapping s_dev = new(Dev, "dev-user", []);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("``")]
    [InlineData("\"\"\n")]
    [InlineData("''")]
    [InlineData("[]\n")]
    [InlineData("null\n")]
    [InlineData("~\n")]
    public void The_first_entry_of_an_empty_list_is_written_as_eksctl_writes_it(string? empty) =>
        Assert.Equal(
            "- groups:\n  - system:masters\n  rolearn: arn:aws:iam::111122223333:role/k8sAdmin\n  username: admin\n",
            Edit(empty, new AppendEntry(new RoleMapping("arn:aws:iam::111122223333:role/k8sAdmin", "admin", ["system:masters"]))));

    [Theory]
    [InlineData("[]", "- rolearn: X\n  username: dev-user")]
    [InlineData("---\n", "---\n- rolearn: X\n  username: dev-user\n")]
    [InlineData("---", "---\n- rolearn: X\n  username: dev-user")]
    [InlineData("--- []\n", "---\n- rolearn: X\n  username: dev-user\n")]
    [InlineData("[] # none yet\n", "# none yet\n- rolearn: X\n  username: dev-user\n")]
    [InlineData("# team roles\n", "# team roles\n- rolearn: X\n  username: dev-user\n")]
    [InlineData("# team roles\r\n[]\r\n", "# team roles\r\n- rolearn: X\r\n  username: dev-user\r\n")]
    [InlineData("[ # none\n]\n# end\n", "# none\n- rolearn: X\n  username: dev-user\n# end\n")]
    [InlineData("[]\n---\n- later\n", "- rolearn: X\n  username: dev-user\n---\n- later\n")]
    [InlineData("\uFEFF[]\n", "\uFEFF- rolearn: X\n  username: dev-user\n")]
    public void The_first_entry_keeps_comments_line_endings_and_later_documents(string empty, string expected) =>
        Assert.Equal(expected.Replace("X", Dev, StringComparison.Ordinal), Edit(empty, new AppendEntry(s_dev)));

    [Fact]
    public void A_new_entry_looks_like_its_neighbours() =>
        Assert.Equal(
            """
            # nodes
              -   rolearn: 'arn:aws:iam::111122223333:role/Node'
                  username: "system:node:{{EC2PrivateDNSName}}"
                  groups:
                    - system:bootstrappers
                    - system:nodes
              -   rolearn: 'arn:aws:iam::111122223333:role/k8sAdmin'
                  username: "admin"
                  groups:
                    - system:masters
            # the end

            """,
            Edit(
                """
                # nodes
                  -   rolearn: 'arn:aws:iam::111122223333:role/Node'
                      username: "system:node:{{EC2PrivateDNSName}}"
                      groups:
                        - system:bootstrappers
                        - system:nodes
                # the end

                """,
                new AppendEntry(new RoleMapping("arn:aws:iam::111122223333:role/k8sAdmin", "admin", ["system:masters"]))));

    [Theory]
    [InlineData("- rolearn: a\n  # later: b\n# end\n", "- rolearn: a\n  # later: b\n- rolearn: X\n  username: dev-user\n# end\n")]
    [InlineData("- rolearn: a", "- rolearn: a\n- rolearn: X\n  username: dev-user")]
    [InlineData("- rolearn: a\r\n", "- rolearn: a\r\n- rolearn: X\r\n  username: dev-user\r\n")]
    [InlineData("- rolearn: a\n\n\n---\n- b\n", "- rolearn: a\n- rolearn: X\n  username: dev-user\n\n\n---\n- b\n")]
    [InlineData("- rolearn: a\n  extra: |+\n    x\n\n", "- rolearn: a\n  extra: |+\n    x\n\n- rolearn: X\n  username: dev-user\n")]
    [InlineData("- rolearn: a\n  extra: |\n    x\n\n", "- rolearn: a\n  extra: |\n    x\n- rolearn: X\n  username: dev-user\n\n")]
    [InlineData("-\n  rolearn: a\n", "-\n  rolearn: a\n- rolearn: X\n  username: dev-user\n")]
    [InlineData("- {rolearn: a}\n", "- {rolearn: a}\n- rolearn: X\n  username: dev-user\n")]
    [InlineData("[{rolearn: a}]\n", "[{rolearn: a}, {rolearn: 'X', username: dev-user}]\n")]
    [InlineData("[rolearn: a]\n", "[rolearn: a, {rolearn: 'X', username: dev-user}]\n")]
    [InlineData("[{\"rolearn\":\"a\"}]", "[{\"rolearn\":\"a\"}, {\"rolearn\": \"X\", \"username\": \"dev-user\"}]")]
    [InlineData("[\n  {rolearn: a}, # one\n  {rolearn: b} # two\n]\n", "[\n  {rolearn: a}, # one\n  {rolearn: b}, {rolearn: 'X', username: dev-user} # two\n]\n")]
    [InlineData("[\n  {\"rolearn\": \"a\"},\n  {\"rolearn\": \"b\"}\n]\n", "[\n  {\"rolearn\": \"a\"},\n  {\"rolearn\": \"b\"},\n  {\"rolearn\": \"X\", \"username\": \"dev-user\"}\n]\n")]
    public void An_entry_is_appended_behind_the_last_one(string before, string expected) =>
        Assert.Equal(expected.Replace("X", Dev, StringComparison.Ordinal), Edit(before, new AppendEntry(s_dev)));

    [Theory]
    [InlineData("- rolearn: a\n- rolearn: b\n- rolearn: c\n", 1, "- rolearn: a\n- rolearn: c\n")]
    [InlineData("- rolearn: a\n- rolearn: b # bob\n", 1, "- rolearn: a\n")]
    [InlineData("- rolearn: a\n- rolearn: b", 1, "- rolearn: a")]
    [InlineData("- rolearn: a\n", 0, "[]\n")]
    [InlineData("- rolearn: a", 0, "[]")]
    [InlineData("# all\n- rolearn: a\n# end\n", 0, "# all\n[]\n# end\n")]
    [InlineData("---\n- rolearn: a\n...\n", 0, "---\n[]\n...\n")]
    [InlineData("- rolearn: a\n# bob\n- rolearn: b\n", 1, "- rolearn: a\n")]
    [InlineData("- rolearn: a\n\n# team\n\n# bob\n# of sales\n- rolearn: b\n", 1, "- rolearn: a\n\n# team\n\n")]
    [InlineData("- rolearn: a\n# - rolearn: old\n- rolearn: b\n", 1, "- rolearn: a\n# - rolearn: old\n")]
    [InlineData("- rolearn: a\n  # deeper\n- rolearn: b\n", 1, "- rolearn: a\n  # deeper\n")]
    [InlineData("# first line\n- rolearn: a\n- rolearn: b\n", 0, "# first line\n- rolearn: b\n")]
    [InlineData("# first line\n\n# alice\n- rolearn: a\n- rolearn: b\n", 0, "# first line\n\n- rolearn: b\n")]
    [InlineData("[{rolearn: a}, {rolearn: b}]\n", 0, "[{rolearn: b}]\n")]
    [InlineData("[{rolearn: a}, {rolearn: b}]\n", 1, "[{rolearn: a}]\n")]
    [InlineData("[\n  {rolearn: a}\n]\n", 0, "[]\n")]
    [InlineData("- rolearn: a\n- null\n- rolearn: b\n", 2, "- rolearn: a\n- null\n")]
    public void An_entry_is_removed_with_its_own_lines_only(string before, int index, string expected) =>
        Assert.Equal(expected, Edit(before, new RemoveEntry(index)));

    [Theory]
    [InlineData("- rolearn: a\n- rolearn: b\n", "[]\n")]
    [InlineData("- rolearn: a\n- rolearn: b", "[]")]
    [InlineData("- rolearn: a\n\n# kept\n\n- rolearn: b", "[]\n\n# kept\n")]
    public void Removing_every_entry_leaves_an_empty_list(string before, string expected) =>
        Assert.Equal(expected, Edit(before, new RemoveEntry(0), new RemoveEntry(1)));

    [Theory]
    [InlineData("- rolearn: a\n  username: x # who\n", "ann", "- rolearn: a\n  username: ann # who\n")]
    [InlineData("- rolearn: a\n  username: 'x'\n", "ann", "- rolearn: a\n  username: 'ann'\n")]
    [InlineData("- rolearn: a\n  username: \"x\"\n", "ann", "- rolearn: a\n  username: \"ann\"\n")]
    [InlineData("- rolearn: a\n  UserName: x\n", "ann", "- rolearn: a\n  UserName: ann\n")]
    [InlineData("- rolearn: a\n  username: 123\n", "123", "- rolearn: a\n  username: \"123\"\n")]
    [InlineData("- rolearn: a\n  username:\n  groups: [x]\n", "ann", "- rolearn: a\n  username: ann\n  groups: [x]\n")]
    [InlineData("- rolearn: a\n  username: |\n    x\n  extra: 1\n", "ann", "- rolearn: a\n  username: ann\n  extra: 1\n")]
    [InlineData("- rolearn: a\n", "{{SessionName}}", "- rolearn: a\n  username: '{{SessionName}}'\n")]
    [InlineData("- groups:\n  - g\n  rolearn: a", "ann", "- groups:\n  - g\n  rolearn: a\n  username: ann")]
    [InlineData("- {rolearn: a, username: x}\n", "ann", "- {rolearn: a, username: ann}\n")]
    [InlineData("- {rolearn: a}\n", "ann b", "- {rolearn: a, username: ann b}\n")]
    [InlineData("[{\"rolearn\":\"a\"}]", "ann", "[{\"rolearn\":\"a\", \"username\": \"ann\"}]")]
    public void A_username_changes_in_place(string before, string username, string expected) =>
        Assert.Equal(expected, Edit(before, new UpdateEntry(0, username, null)));

    [Theory]
    [InlineData("- rolearn: a\n  username: u\n", "g,h", "- rolearn: a\n  username: u\n  groups:\n  - g\n  - h\n")]
    [InlineData("- rolearn: a\n  groups:\n    - x # why\n    # note\n    - y\n", "x,z", "- rolearn: a\n  groups:\n    - x # why\n    # note\n    - z\n")]
    [InlineData("- groups:\n  - x\n  - z\n  rolearn: a\n", "z", "- groups:\n  - z\n  rolearn: a\n")]
    [InlineData("- groups:\n  - x\n  rolearn: a\n", "", "- rolearn: a\n")]
    [InlineData("- groups:\n  - x\n  # about the role\n  rolearn: a\n", "", "- groups: []\n  # about the role\n  rolearn: a\n")]
    [InlineData("- rolearn: a\n  groups:\n  - x\n  username: u\n", "", "- rolearn: a\n  username: u\n")]
    [InlineData("- rolearn: a\n  groups:\n  - x\n  - y", "", "- rolearn: a")]
    [InlineData("- rolearn: a\n  groups:\n  - x\n  - y", "x", "- rolearn: a\n  groups:\n  - x")]
    [InlineData("- rolearn: a\n  groups:\n  - x\n  - y", "z", "- rolearn: a\n  groups:\n  - z")]
    [InlineData("- rolearn: a\n  groups: [x, 'y'] # c\n", "y,z", "- rolearn: a\n  groups: ['y', z] # c\n")]
    [InlineData("- rolearn: a\n  groups: []\n", "z", "- rolearn: a\n  groups: [z]\n")]
    [InlineData("- rolearn: a\n  groups: system:masters # oops\n  username: u\n", "view", "- rolearn: a\n  groups: # oops\n  - view\n  username: u\n")]
    [InlineData("- rolearn: a\n  groups:\n  username: u\n", "view", "- rolearn: a\n  groups:\n  - view\n  username: u\n")]
    [InlineData("- rolearn: a\n  groups:\n  - \"x\"\n", "x,y", "- rolearn: a\n  groups:\n  - \"x\"\n  - \"y\"\n")]
    [InlineData("- {rolearn: a, groups: [x], username: u}\n", "", "- {rolearn: a, username: u}\n")]
    [InlineData("- {rolearn: a}\n", "x,z", "- {rolearn: a, groups: [x, z]}\n")]
    public void Groups_change_line_by_line(string before, string groups, string expected) => Assert.Equal(
        expected, Edit(before, new UpdateEntry(0, null, GroupList.From(groups.Split(',', StringSplitOptions.RemoveEmptyEntries)))));

    [Theory]
    [InlineData("- '012345678901'\n", "- '012345678901'\n- '000000000001'\n")]
    [InlineData("- 012345678901\n", "- 012345678901\n- \"000000000001\"\n")]
    [InlineData("[\"012345678901\"]", "[\"012345678901\", \"000000000001\"]")]
    [InlineData(null, "- \"000000000001\"\n")]
    public void An_account_is_always_quoted(string? before, string expected) =>
        Assert.Equal(
            expected,
            SectionEditor.Apply(Decoder.Decode(SectionKey.MapAccounts, before), [new AppendEntry(new AccountMapping("000000000001"))]).Text);

    [Theory]
    [InlineData("- &a\n  rolearn: a\n- *a\n", 0, "mapRoles:1:3: it cannot be edited safely: the result could not be read: there is no anchor 'a' above")]
    [InlineData("- &a\n  rolearn: a\n  username: u\n- *a\n", 1, "mapRoles:4:3: it cannot be edited safely: the entry is written as an alias of another one")]
    public void What_cannot_be_proven_is_refused(string before, int index, string message)
    {
        var section = Decoder.Decode(SectionKey.MapRoles, before);
        SectionEdit edit = index == 0 ? new RemoveEntry(0) : new UpdateEntry(1, "other", null);
        var failure = Assert.Throws<AuthMapException>(() => SectionEditor.Apply(section, [edit])).Failure;
        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void A_block_scalar_that_becomes_the_last_line_gets_the_line_ending_it_needs() => Assert.Equal(
        "- rolearn: a\n  note: |\n    x\n", Edit("- rolearn: a\n  note: |\n    x\n- rolearn: b", new RemoveEntry(1)));

    [Fact]
    public void A_block_scalar_that_ends_without_a_line_ending_is_not_given_one()
    {
        var section = Decoder.Decode(SectionKey.MapRoles, "- rolearn: a\n  username: |\n    x");
        Assert.Throws<AuthMapException>(() => SectionEditor.Apply(section, [new AppendEntry(s_dev)]));
    }

    [Fact]
    public void An_alias_can_be_removed() => Assert.Equal("- &a\n  rolearn: a\n", Edit("- &a\n  rolearn: a\n- *a\n", new RemoveEntry(1)));

    [Fact]
    public void An_anchored_value_that_others_use_is_not_changed()
    {
        var section = Decoder.Decode(SectionKey.MapRoles, "- rolearn: a\n  username: &u x\n- rolearn: b\n  username: *u\n");
        Assert.Throws<AuthMapException>(() => SectionEditor.Apply(section, [new UpdateEntry(0, "y", null)]));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public void A_group_for_the_last_entry_and_a_further_entry_go_together(string ending) => Assert.Equal(
        $"- rolearn: {Dev}\n  groups:\n    - view\n    - edit\n- rolearn: b\n  username: b{ending}",
        Edit(
            $"- rolearn: {Dev}\n  groups:\n    - view{ending}",
            new UpdateEntry(0, null, ["view", "edit"]),
            new AppendEntry(new RoleMapping("b", "b", []))));

    [Fact]
    public void A_group_for_an_entry_and_the_removal_of_the_next_go_together() => Assert.Equal(
        "- rolearn: a\n  groups:\n  - view\n  - edit\n- rolearn: c\n",
        Edit(
            "- rolearn: a\n  groups:\n  - view\n- rolearn: b\n- rolearn: c\n",
            new UpdateEntry(0, null, ["view", "edit"]),
            new RemoveEntry(1)));

    [Fact]
    public void A_key_with_a_fatal_fault_is_never_spliced()
    {
        var section = Decoder.Decode(SectionKey.MapRoles, "- rolearn: a\n  username: dev: user\n");
        var failure = Assert.Throws<AuthMapException>(() => SectionEditor.Apply(section, [new AppendEntry(s_dev)])).Failure;
        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.StartsWith("mapRoles:2:16: mapRoles cannot be read: ", failure.Message, StringComparison.Ordinal);
    }

    private static string Edit(string? text, params SectionEdit[] edits) =>
        SectionEditor.Apply(Decoder.Decode(SectionKey.MapRoles, text), edits).Text!;
}
