using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Tests.Parsing;

public sealed class CommaListTests
{
    [Theory]
    [InlineData("view", "view")]
    [InlineData("view,edit", "view|edit")]
    [InlineData(" view, edit", " view| edit")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("\"say \"\"hi\"\"\"", "say \"hi\"")]
    [InlineData("a,a", "a|a")]
    public void Items_are_split_as_eksctl_splits_them(string text, string items) =>
        Assert.Equal(items.Split('|'), CommaList.Split("--group", text));

    [Theory]
    [InlineData("a,,b", "empty item")]
    [InlineData("a,", "empty item")]
    [InlineData(",a", "empty item")]
    [InlineData("\"\"", "empty item")]
    [InlineData("a\"b", "quote in the middle")]
    [InlineData("\"a", "never closed")]
    [InlineData("\"a\"b", "behind a closing quote")]
    [InlineData("a\nb", "line break")]
    public void Slips_are_usage_errors(string text, string reason)
    {
        var error = Assert.Throws<AuthMapException>(() => CommaList.Split("--group", text).ToList());

        Assert.Equal(FailureKind.Usage, error.Failure.Kind);
        Assert.Contains(reason, error.Message);
    }
}
