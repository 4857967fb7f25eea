using static AuthMap.Core.Tests.Manifests.Manifest;

namespace AuthMap.Core.Tests.Manifests;

public sealed class KeyInsertionTests
{
    [Theory]
    [InlineData("data:\n  mapRoles: |\n    r\n", "data:\n  mapRoles: |\n    r\n  mapUsers: |\n    u\n")]
    [InlineData("data:\n  mapRoles: |\n    r\n\n# later\nx: y\n", "data:\n  mapRoles: |\n    r\n  mapUsers: |\n    u\n\n# later\nx: y\n")]
    [InlineData("data:\n  mapRoles: |+\n    r\n\nx: y\n", "data:\n  mapRoles: |+\n    r\n\n  mapUsers: |\n    u\nx: y\n")]
    [InlineData("data:\n  mapRoles: '[]' # none\n  z: z\n", "data:\n  mapRoles: '[]' # none\n  mapUsers: |\n    u\n  z: z\n")]
    [InlineData("data:\n  z: z # last\n# c\n", "data:\n  z: z # last\n  mapUsers: |\n    u\n# c\n")]
    [InlineData("data:\n    mapRoles: |\n      r\n", "data:\n    mapRoles: |\n      r\n    mapUsers: |\n      u\n")]
    [InlineData("data:\n    mapRoles: ''\n", "data:\n    mapRoles: ''\n    mapUsers: |\n        u\n")]
    [InlineData("data:\n  mapRoles:\n", "data:\n  mapRoles:\n  mapUsers: |\n    u\n")]
    [InlineData("data:\n  mapRoles: ''", "data:\n  mapRoles: ''\n  mapUsers: |\n    u\n")]
    [InlineData("data:\n  # all\n  mapRoles: |\n    r", "data:\n  # all\n  mapUsers: |\n    u\n  mapRoles: |\n    r")]
    [InlineData("data: {}\n", "data:\n  mapUsers: |\n    u\n")]
    [InlineData("data: {}  # none\nx: y\n", "data:  # none\n  mapUsers: |\n    u\nx: y\n")]
    [InlineData("data: {}", "data:\n  mapUsers: |\n    u\n")]
    [InlineData("data:\nx: y\n", "data:\n  mapUsers: |\n    u\nx: y\n")]
    [InlineData("data: ~ # none\n", "data: # none\n  mapUsers: |\n    u\n")]
    [InlineData("data: null", "data:\n  mapUsers: |\n    u\n")]
    [InlineData("", "data:\n  mapUsers: |\n    u\n")]
    [InlineData("\n# the end\n---\nkind: x\n", "data:\n  mapUsers: |\n    u\n\n# the end\n---\nkind: x\n")]
    [InlineData("binaryData: {a: b} # c\n", "binaryData: {a: b} # c\ndata:\n  mapUsers: |\n    u\n")]
    [InlineData("x:\n- a\n- |\n  b\n\n", "x:\n- a\n- |\n  b\ndata:\n  mapUsers: |\n    u\n\n")]
    public void A_missing_key_comes_behind_the_last_one_of_ours(string before, string after)
    {
        Assert.Equal(Head + after, Edited(Head + before, "mapUsers", "u\n"));
        Assert.Equal((Head + after).ReplaceLineEndings("\r\n"), Edited((Head + before).ReplaceLineEndings("\r\n"), "mapUsers", "u\n"));
        Assert.Empty(With(Head + before, "mapUsers", "u\n").Notices);
    }

    [Fact]
    public void Several_keys_come_in_the_order_that_the_authenticator_asks_them()
    {
        var edit = Parse(Head).With(new Dictionary<string, string> { ["mapAccounts"] = "a\n", ["mapUsers"] = "u\n", ["mapRoles"] = "r\n" });
        Assert.Equal($"{Head}data:\n  mapRoles: |\n    r\n  mapUsers: |\n    u\n  mapAccounts: |\n    a\n", edit.Document.Text);
    }

    [Fact]
    public void Text_that_no_block_can_hold_is_quoted()
    {
        Assert.Equal($"{Head}data:\n  mapUsers: \"\"\n", Edited($"{Head}data: {{}}\n", "mapUsers", ""));
        Assert.Equal($"{Head}data:\n  mapUsers: \"\\r\\n\"\n", Edited($"{Head}data: {{}}\n", "mapUsers", "\r\n"));
    }

    [Fact]
    public void A_name_that_is_no_plain_string_is_quoted()
    {
        Assert.Equal($"{Head}data:\n  \"no\": |\n    u\n  \"1\": |\n    u\n", Edited(Edited($"{Head}data: {{}}\n", "no", "u\n"), "1", "u\n"));
    }

    [Fact]
    public void In_a_list_the_key_stands_at_the_depth_of_its_item()
    {
        var text = "kind: List\nitems:\n- kind: Secret\n- kind: ConfigMap\n  metadata:\n    name: aws-auth\n- kind: Secret\n";
        Assert.Equal(
            "kind: List\nitems:\n- kind: Secret\n- kind: ConfigMap\n  metadata:\n    name: aws-auth\n  data:\n    mapUsers: |\n      u\n- kind: Secret\n",
            Edited(text, "mapUsers", "u\n"));
    }

    [Fact]
    public void Nothing_changes_when_the_text_is_the_same()
    {
        var text = $"{Head}data:\n  mapRoles:   'a'   \n";
        Assert.Equal(text, Edited(text, "mapRoles", "a"));
        Assert.Equal(text, Parse(text).With(new Dictionary<string, string>()).Document.Text);
    }
}
