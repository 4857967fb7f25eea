using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Tests.Parsing;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("60s", 60_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("25m0s", 1_500_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("500ms", 500)]
    [InlineData("+2s", 2_000)]
    [InlineData("24h", 86_400_000)]
    public void Durations_are_written_as_in_go(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GoDuration.Parse("--timeout", text));

    [Theory]
    [InlineData("60", "is not a duration")]
    [InlineData("abc", "is not a duration")]
    [InlineData("s", "is not a duration")]
    [InlineData("1d", "is not a duration")]
    [InlineData("1s ", "is not a duration")]
    [InlineData("1..5s", "is not a duration")]
    [InlineData("-", "is not a duration")]
    [InlineData("0", "must be more than nothing")]
    [InlineData("0s", "must be more than nothing")]
    [InlineData("-5s", "must be more than nothing")]
    [InlineData("25h", "more than a day")]
    [InlineData("99999999999999999999h", "more than a day")]
    public void Anything_else_is_a_usage_error(string text, string reason)
    {
        var error = Assert.Throws<AuthMapException>(() => GoDuration.Parse("--timeout", text));

        Assert.Equal(FailureKind.Usage, error.Failure.Kind);
        Assert.Contains(reason, error.Message);
    }
}
