using AuthMap.Documents;
using AuthMap.Documents.Readable;

namespace AuthMap.Core.Tests.Documents.Readable;

public sealed class ReadableMapTests
{
    private const string Roles = "# ours\n- rolearn: a\n  username: x\n- rolearn: b\n  username: y";

    [Theory]
    [InlineData(Roles, "mapRoles:\n  # ours\n  - rolearn: a\n    username: x\n  - rolearn: b\n    username: y\n")]
    [InlineData("---\n- a: b\n", "mapRoles:\n  - a: b\n")]
    [InlineData("[]", "mapRoles: []\n")]
    [InlineData("[{a: b}]\n", "mapRoles: [{a: b}]\n")]
    [InlineData("[a,\n b]\n", "mapRoles:\n  [a,\n   b]\n")]
    [InlineData("", "mapRoles:\n")]
    [InlineData("- a: b\r\n", "mapRoles:\r\n  - a: b\r\n")]
    [InlineData("- a: {{x}}\n", "mapRoles:\n  - a: {{x}}\n")]
    [InlineData("- a: b: c\n", "mapRoles: |\n  - a: b: c\n")]
    [InlineData("- a\n---\n- b\n", "mapRoles: |\n  - a\n  ---\n  - b\n")]
    [InlineData("''", "mapRoles: |-\n  ''\n")]
    [InlineData("- a: \"x\ry\"\n", "mapRoles: \"- a: \\\"x\\ry\\\"\\n\"\n")]
    public void A_text_is_shown_as_plainly_as_it_can_be(string text, string shown) => Assert.Equal(shown, Of(text).Body);

    [Theory]
    // A new entry, indented as the others; the text keeps its missing line ending.
    [InlineData(Roles, "    username: y\n", "    username: y\n  - rolearn: c\n", Roles + "\n- rolearn: c")]
    // Another indentation of the whole, by an editor that formats.
    [InlineData("- a: b\n- c: d\n", "  - a: b\n  - c: d\n", "- a: b\n- c: e\n", "- a: b\n- c: e\n")]
    [InlineData("- a: b\n- c: d\n", "  - a: b\n  - c: d\n", "      - a: b\n      - c: e\n", "- a: b\n- c: e\n")]
    [InlineData("  - a: b\n", "    - a: b\n", "    - a: c\n", "  - a: c\n")]
    // Everything taken out, and what is left when only comments are.
    [InlineData("- a: b\n", "  - a: b\n", "", "[]\n")]
    [InlineData("# c\n- a: b\n", "  - a: b\n", "", "# c\n[]\n")]
    [InlineData("- a: b\n", "mapRoles:\n  - a: b\n", "mapRoles: []\n", "[]\n")]
    // Comments above and behind the key.
    [InlineData("- a: b\n", "mapRoles:\n", "# top\nmapRoles: # here\n", "# top\n# here\n- a: b\n")]
    // Blank lines at the end are nobody's change.
    [InlineData("- a: b\n", "  - a: b\n", "  - a: b\n\n\n", "- a: b\n")]
    [InlineData("- a: b\n\n\n", "  - a: b\n\n\n", "  - a: c\n", "- a: c\n\n\n")]
    // A string that becomes a list, and a list that becomes a string.
    [InlineData("- a: b: c\n", "mapRoles: |\n  - a: b: c\n", "mapRoles:\n  - a: b\n", "- a: b\n")]
    [InlineData("- a: b\n", "mapRoles:\n  - a: b\n", "mapRoles: |\n  - a: c\n", "- a: c\n")]
    [InlineData("---\n- a: b\n", "a: b", "a: c", "---\n- a: c\n")]
    [InlineData("[a]", "[a]", "[a, b]", "[a, b]")]
    public void A_change_comes_back_as_the_text_would_have_it(string text, string shown, string typed, string expected)
    {
        var readable = Of(text);
        Assert.Contains(shown, readable.Body, StringComparison.Ordinal);

        var draft = readable.Read(readable.Body.Replace(shown, typed, StringComparison.Ordinal));

        Assert.Empty(draft.Faults);
        Assert.Equal(expected, draft.Texts!.Data["mapRoles"]);
    }

    [Theory]
    [InlineData("- a: b\n", "1:1 the lists have to stand below their keys: mapRoles, mapUsers, mapAccounts")]
    [InlineData("mapRoles: []\nmapRole: []\n", "2:1 mapRole is no key of aws-auth; its keys are mapRoles, mapUsers, mapAccounts")]
    [InlineData("mapRoles: []\nmapRoles: []\n", "2:1 mapRoles is there a second time")]
    [InlineData("mapRoles: []\n---\nmapUsers: []\n", "2:1 the map has ended above; nothing may stand here")]
    [InlineData("mapRoles:\n  a: b\n", "2:3 mapRoles cannot be read: it is a mapping, not a list")]
    [InlineData("mapRoles: foo\n", "1:11 mapRoles cannot be read: it is a string, not a list")]
    [InlineData("mapUsers: &x []\nmapRoles: *x\n", "2:11 mapRoles cannot be read: there is no anchor 'x' above")]
    [InlineData("mapRoles: |\n  - a: b\n# lost\n", "3:1 this comment would be lost; put it into the text of mapRoles, or below another key")]
    public void What_cannot_be_taken_is_named_with_its_place(string typed, string expected)
    {
        var draft = Of("- x: y\n").Read(typed);

        Assert.Null(draft.Texts);
        Assert.Equal(expected, string.Join(" ", draft.Faults.Select(fault => $"{fault.Position} {fault.Message}")));
    }

    [Fact]
    public void A_key_that_is_taken_out_becomes_an_empty_list_and_an_absent_one_stays_absent()
    {
        var readable = ReadableMap.Of(new(new Dictionary<string, string> { ["mapRoles"] = "- a: b\n", ["mapUsers"] = "- c: d\n" }));

        var draft = readable.Read("mapRoles:\n  - a: b\n");

        Assert.Equal([("mapRoles", "- a: b\n"), ("mapUsers", "[]\n")], draft.Texts!.Data.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Marked_lines_are_taken_out_wherever_an_editor_put_them()
    {
        var readable = Of("- a: b # x\n#: mine\n");

        Assert.Equal("#::", readable.Mark);
        Assert.Equal("- a: c # x\n#: mine\n", readable.Read("#:: head\nmapRoles:\n    #:: error\n  - a: c # x\n  #: mine\n").Texts!.Data["mapRoles"]);
    }

    [Fact]
    public void A_message_is_one_line_whatever_it_quotes()
    {
        var readable = Of("- a: b\n");
        var draft = readable.Read("\"x\\nmapRoles: []\": []\n");

        var (text, placed) = readable.Frame(draft.Body, ["head\nmapRoles: []"], draft.Faults);

        Assert.Equal(draft.Body, readable.Read(text).Body);
        Assert.Equal(new(3, 1), Assert.Single(placed).Position);
    }

    [Fact]
    public void Faults_get_the_places_of_their_own_lines_whatever_their_order()
    {
        var readable = Of("- a: b\n- c: d\n");

        var (text, placed) = readable.Frame(readable.Body, ["head"], [new(new(3, 5), "second"), new(new(2, 5), "first")]);

        var lines = text.Split('\n');
        Assert.Equal(["first", "second"], placed.Select(fault => fault.Message));
        Assert.Equal(["  - a: b", "  - c: d"], placed.Select(fault => lines[fault.Position.Line - 1]));
    }

    [Fact]
    public void What_is_saved_with_carriage_returns_alone_is_read_line_by_line()
    {
        var readable = Of("- a: b\n");
        var typed = readable.Frame(readable.Body, ["head"], []).Text.Replace("a: b", "a: c", StringComparison.Ordinal);

        Assert.Equal("- a: c\n", readable.Read(typed.Replace('\n', '\r')).Texts!.Data["mapRoles"]);
    }

    private static ReadableMap Of(string text) => ReadableMap.Of(new(new Dictionary<string, string> { ["mapRoles"] = text }));
}
