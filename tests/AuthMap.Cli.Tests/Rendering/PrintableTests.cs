using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Tests.Rendering;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain → Žofie 😀", "plain → Žofie 😀")]
    [InlineData("\u001b]0;x\u0007", "\\u001b]0;x\\u0007")]
    [InlineData("a\u009bb", "a\\u009bb")]
    [InlineData("a\u202eb\u2066c", "a\\u202eb\\u2066c")]
    [InlineData("a\r\nb", "a\\u000d\\u000ab")]
    public void Control_and_direction_characters_are_shown_not_obeyed(string text, string shown) =>
        Assert.Equal(shown, Printable.Line(text));

    [Fact]
    public void Half_a_surrogate_pair_is_shown_as_its_number() => Assert.Equal("a\\ud800", Printable.Line("a" + (char)0xd800));

    [Fact]
    public void Finished_json_keeps_its_line_feeds() => Assert.Equal("[\n  \"\\u202e\"\n]", Printable.Json("[\n  \"\u202e\"\n]"));
}
