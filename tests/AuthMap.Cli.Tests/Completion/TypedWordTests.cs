using AuthMap.Cli.Completion;
using AuthMap.Cluster;

namespace AuthMap.Cli.Tests.Completion;

public sealed class TypedWordTests
{
    private static readonly HostEnvironment _host =
        new(new Dictionary<string, string> { ["DIR"] = "/srv", ["NAME_2"] = "x y" }, "/home/ann", "/work", "/tmp");

    [Theory]
    [InlineData("dev", "dev")]
    [InlineData(@"my\ map", "my map")]
    [InlineData(@"'a\b'", @"a\b")]
    [InlineData(@"""a\b\""""", @"a\b""")]
    [InlineData(@"a'b'""c""d", "abcd")]
    [InlineData("~/map", "/home/ann/map")]
    [InlineData("~", "/home/ann")]
    [InlineData("a~", "a~")]
    [InlineData("'~/map'", "~/map")]
    [InlineData("$DIR/map", "/srv/map")]
    [InlineData("\"${NAME_2}\"z", "x yz")]
    [InlineData("$NONE", "")]
    [InlineData("'$DIR'", "$DIR")]
    [InlineData(@"\$DIR", "$DIR")]
    public void A_word_means_what_the_shell_makes_of_it(string raw, string text) =>
        Assert.Equal(text, TypedWord.Read(raw, _host).Text);

    [Theory]
    [InlineData("$(cat file)")]
    [InlineData("`cat file`")]
    [InlineData("\"$(cat file)\"")]
    [InlineData("${DIR:-x}")]
    [InlineData("$'a'")]
    [InlineData("~bob/map")]
    public void What_takes_more_than_reading_means_nothing(string raw)
    {
        Assert.Null(TypedWord.Read(raw, _host).Text);
        Assert.Null(TypedWord.Read(raw, _host).Complete("anything"));
    }

    [Theory]
    [InlineData("", "a b", @"a\ b")]
    [InlineData("a", "a:b/c@d=e", "a:b/c@d=e")]
    [InlineData(@"a\ ", "a b's $5", @"a\ b\'s\ \$5")]
    [InlineData("\"a", "a b's \"$5\"", "\"a b's \\\"\\$5\\\"")]
    [InlineData("'a", "a b's $5", @"'a b'\''s $5")]
    [InlineData("'a'", "a b", @"'a'\ b")]
    [InlineData("", "Zürich 🦊", @"Zürich\ 🦊")]
    [InlineData("", "~x", @"\~x")]
    public void A_value_goes_on_in_the_quotes_that_are_open(string raw, string value, string completed) =>
        Assert.Equal(completed, TypedWord.Read(raw, _host).Complete(value));

    [Fact]
    public void A_value_that_starts_otherwise_does_not_fit() => Assert.Null(TypedWord.Read("b", _host).Complete("abc"));
}
