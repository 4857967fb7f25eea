using System.Text.Json;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Tests.Rendering;

public sealed class YamlTextTests
{
    [Fact]
    public void Collections_are_blocks_and_list_items_are_not_indented() =>
        Assert.Equal(
            """
            source: s
            version: null
            changes:
            - action: added
              before: null
              after:
                groups:
                - a
                - b
                none: []
              line: 3
            - x
            warnings: []
            dryRun: true

            """,
            Of("""{"source":"s","version":null,"changes":[{"action":"added","before":null,"after":{"groups":["a","b"],"none":[]},"line":3},"x"],"warnings":[],"dryRun":true}"""));

    [Fact]
    public void An_empty_list_is_a_pair_of_brackets() => Assert.Equal("[]\n", Of("[]"));

    [Theory]
    [InlineData("admin", "admin")]
    [InlineData("arn:aws:iam::111122223333:role/x", "arn:aws:iam::111122223333:role/x")]
    [InlineData("system:node:{{EC2PrivateDNSName}}", "system:node:{{EC2PrivateDNSName}}")]
    [InlineData("{{SessionName}}", "\"{{SessionName}}\"")]
    [InlineData("012345678901", "\"012345678901\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("Null", "\"Null\"")]
    [InlineData("~", "\"~\"")]
    [InlineData("", "\"\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a:", "\"a:\"")]
    [InlineData("a #b", "\"a #b\"")]
    [InlineData("-", "\"-\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("q\"\\", "\"q\\\"\\\\\"")]
    [InlineData("a\u001b[1m\n", "\"a\\u001b[1m\\u000a\"")]
    [InlineData("\u202eabc", "\"\\u202eabc\"")]
    [InlineData("Žofie", "\"Žofie\"")]
    [InlineData("😀", "\"😀\"")]
    public void Strings_are_quoted_when_a_reader_could_take_them_for_something_else(string text, string yaml) =>
        Assert.Equal(yaml + "\n", Of("\"" + JsonEncodedText.Encode(text) + "\""));

    private static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return YamlText.Of(document.RootElement);
    }
}
