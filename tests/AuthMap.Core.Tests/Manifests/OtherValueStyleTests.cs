using static AuthMap.Core.Tests.Manifests.Manifest;

namespace AuthMap.Core.Tests.Manifests;

public sealed class OtherValueStyleTests
{
    [Theory]
    [InlineData("\"a\\nb\\n\"", "a\nb\n", "a\nc\n", "\"a\\nc\\n\"")]
    [InlineData("\"[]\"", "[]", "- a\n", "\"- a\\n\"")]
    [InlineData("\"\\x61\\/\\u00e9 z\\t\"", "a/\u00e9 z\t", "a/\u00e9 y\t", "\"\\x61\\/\\u00e9 y\\t\"")]
    [InlineData("\"\\U0001F600x\"", "\U0001F600x", "\U0001F600y", "\"\\U0001F600y\"")]
    [InlineData("\"\\ud83d\\ude00x\"", "\U0001F600x", "\U0001F601x", "\"\U0001F601x\"")]
    [InlineData("\"a\\n\\\n    b\\n\\\n    \\  c\\n\"", "a\nb\n  c\n", "a\nb\n  d\n  c\n", "\"a\\n\\\n    b\\n\\\n    \\  d\\n  c\\n\"")]
    [InlineData("\"a\\n\\\n    b\\n\\\n    c\\n\"", "a\nb\nc\n", "a\n  x\nb\nc\n", "\"a\\n\\\n    \\  x\\nb\\n\\\n    c\\n\"")]
    [InlineData("\"a\n\n    b\n    c\"", "a\nb c", "a\nb d", "\"a\n\n    b\n    d\"")]
    [InlineData("\"a\"   # note", "a", "b\"\\", "\"b\\\"\\\\\"   # note")]
    [InlineData("'a'", "a", "it's", "'it''s'")]
    [InlineData("'' # none", "", "[]", "'[]' # none")]
    public void Quotes_stay(string before, string oldValue, string newValue, string after)
    {
        foreach (var tail in new[] { "\n", "", "\n\n  mapUsers: '[]'\n", "\n# the end\n" })
        {
            var text = $"{Head}data:\n  mapRoles: {before}{tail}";
            Assert.Equal(oldValue, Parse(text).Data["mapRoles"]);
            Assert.Equal($"{Head}data:\n  mapRoles: {after}{tail}", Edited(text, "mapRoles", newValue));
            Assert.Empty(With(text, "mapRoles", newValue).Notices);
        }
    }

    [Theory]
    [InlineData("'[]' # none", "[]", "a\nb\n", "| # none\n    a\n    b\n")]
    [InlineData("'a\n\n    b'", "a\nb", "a\nb\nc", "|-\n    a\n    b\n    c\n")]
    [InlineData("some text", "some text", "a\n", "|\n    a\n")]
    [InlineData("some\n    text # here", "some text", " a\n", "|2 # here\n     a\n")]
    [InlineData("&a \u00a0 # blank?", "\u00a0", "a\n", "&a | # blank?\n    a\n")]
    [InlineData(">\n    - a\n\n    - b\n", "- a\n- b\n", "- b\n", "|\n    - b\n")]
    [InlineData(">- # folded\n    - a\n\n\n", "- a", "- b\n", "| # folded\n    - b\n\n\n")]
    public void What_cannot_hold_the_text_becomes_a_block_and_that_is_said(string before, string oldValue, string newValue, string after)
    {
        foreach (var tail in new[] { "  mapUsers: '[]'\n", "# the end\n" })
        {
            var text = $"{Head}data:\n  mapRoles: {before.TrimEnd(' ')}{(before.EndsWith('\n') ? "" : "\n")}{tail}";
            Assert.Equal(oldValue, Parse(text).Data["mapRoles"]);
            Assert.Equal($"{Head}data:\n  mapRoles: {after}{tail}", Edited(text, "mapRoles", newValue));
            Assert.Equal(
                "mapRoles is now a literal block (|): its old form cannot hold the new text",
                Assert.Single(With(text, "mapRoles", newValue).Notices).Text);
        }
    }

    [Theory]
    [InlineData("", " |\n    a\n")]
    [InlineData(" # none", " | # none\n    a\n")]
    [InlineData(" ~", " |\n    a\n")]
    [InlineData(" null  # none", " |  # none\n    a\n")]
    public void A_key_without_a_value_gets_a_block(string before, string after)
    {
        var text = $"{Head}data:\n  mapRoles:{before}\n  mapUsers: '[]'\n";
        Assert.Equal("", Parse(text).Data["mapRoles"]);
        Assert.Equal($"{Head}data:\n  mapRoles:{after}  mapUsers: '[]'\n", Edited(text, "mapRoles", "a\n"));
        Assert.Empty(With(text, "mapRoles", "a\n").Notices);
    }

    [Fact]
    public void A_quoted_value_at_the_end_of_a_file_without_line_break_becomes_a_block()
    {
        Assert.Equal($"{Head}data:\n  mapRoles: |\n    a\n    b\n", Edited($"{Head}data:\n  mapRoles: '[]'", "mapRoles", "a\nb\n"));
    }

    [Theory]
    [InlineData("{mapRoles: 'a', k: v}", "b\n", "{mapRoles: \"b\\n\", k: v}", 1)]
    [InlineData("{mapRoles: 'a', k: v}", "b", "{mapRoles: 'b', k: v}", 0)]
    [InlineData("{mapRoles: a b , k: v}", "b", "{mapRoles: \"b\" , k: v}", 1)]
    [InlineData("{mapRoles: , k: v}", "b", "{mapRoles: \"b\", k: v}", 0)]
    [InlineData("{k: v}", "b\n", "{k: v, mapRoles: \"b\\n\"}", 0)]
    [InlineData("{k: v, mapUsers: 'u', z: w,}", "b\n", "{k: v, mapUsers: 'u', mapRoles: \"b\\n\", z: w,}", 0)]
    [InlineData("{\n    mapUsers: 'u'\n  }", "b\n", "{\n    mapUsers: 'u',\n    mapRoles: \"b\\n\"\n  }", 0)]
    [InlineData("{ # none\n  }", "b\n", "{mapRoles: \"b\\n\" # none\n  }", 0)]
    public void In_flow_style_values_are_quoted(string before, string newValue, string after, int notices)
    {
        var text = $"{Head}data: {before} # data\nother: x\n";
        Assert.Equal($"{Head}data: {after} # data\nother: x\n", Edited(text, "mapRoles", newValue));
        Assert.Equal(notices, With(text, "mapRoles", newValue).Notices.Count);
    }

    [Fact]
    public void Json_stays_json_with_the_escapes_it_had()
    {
        const string Before = """
            {
            	"kind": "ConfigMap", "apiVersion": "v1",
            	"metadata": {"name": "aws-auth", "namespace": "kube-system"},
            	"data": {
            		"mapRoles": "- rolearn: arn:aws:iam::1:role\/x\n  username: caf\u00e9\ud83d\ude00\n",
            		"mapUsers": "[]\n"
            	}
            }
            """;
        var old = Parse(Before).Data["mapRoles"];
        Assert.Equal("- rolearn: arn:aws:iam::1:role/x\n  username: caf\u00e9\U0001F600\n", old);

        var after = Edited(Before, "mapRoles", old + "- \"b\"\u0001  \n");
        Assert.Equal(Before.Replace("\\ude00\\n", "\\ude00\\n- \\\"b\\\"\\u0001  \\n", StringComparison.Ordinal), after);
        Assert.Equal(Before, Edited(after, "mapRoles", old));

        var added = Edited(Before, "mapAccounts", "- \"1\"\n");
        Assert.Equal(Before.Replace("[]\\n\"", "[]\\n\",\n\t\t\"mapAccounts\": \"- \\\"1\\\"\\n\"", StringComparison.Ordinal), added);
        Assert.Equal("- \"1\"\n", System.Text.Json.JsonDocument.Parse(added).RootElement.GetProperty("data").GetProperty("mapAccounts").GetString());
    }

    [Theory]
    [InlineData("""{"kind":"ConfigMap","metadata":{"name":"aws-auth"}}""", """{"kind":"ConfigMap","metadata":{"name":"aws-auth"},"data":{"mapRoles": "a  b"}}""")]
    [InlineData("""{"kind":"ConfigMap","data":{},"metadata":{"name":"aws-auth"}}""", """{"kind":"ConfigMap","data":{"mapRoles": "a  b"},"metadata":{"name":"aws-auth"}}""")]
    [InlineData("""{"kind":"ConfigMap","data":null,"metadata":{"name":"aws-auth"}}""", """{"kind":"ConfigMap","data":{"mapRoles": "a  b"},"metadata":{"name":"aws-auth"}}""")]
    [InlineData("""{"kind":"ConfigMap","data":{"mapRoles":null},"metadata":{"name":"aws-auth"}}""", """{"kind":"ConfigMap","data":{"mapRoles":"a  b"},"metadata":{"name":"aws-auth"}}""")]
    [InlineData("""{"kind":"ConfigMap","data":{"mapRoles":"a b"},"metadata":{"name":"aws-auth"}}""", """{"kind":"ConfigMap","data":{"mapRoles":"a  b"},"metadata":{"name":"aws-auth"}}""")]
    [InlineData("""{"kind":"ConfigMap","data":{"x":"y"},"metadata":{"name":"aws-auth"}}""", """{"kind":"ConfigMap","data":{"x":"y","mapRoles":"a  b"},"metadata":{"name":"aws-auth"}}""")]
    [InlineData("""{"kind":"List","items":[{"kind":"ConfigMap","metadata":{"name":"aws-auth"},"data":{"x":"y"}},{"kind":"x"}]}""", """{"kind":"List","items":[{"kind":"ConfigMap","metadata":{"name":"aws-auth"},"data":{"x":"y","mapRoles":"a  b"}},{"kind":"x"}]}""")]
    public void Json_on_one_line_is_still_json_afterwards(string before, string after)
    {
        Assert.Equal(after, Edited(before, "mapRoles", "a  b"));
        using var json = System.Text.Json.JsonDocument.Parse(after);
    }
}
