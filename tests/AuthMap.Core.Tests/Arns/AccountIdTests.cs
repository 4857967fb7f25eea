using AuthMap.Arns;

namespace AuthMap.Core.Tests.Arns;

public sealed class AccountIdTests
{
    [Fact]
    public void Leading_zeros_stay() => Assert.Equal("012345678901", AccountId.Parse("012345678901"));

    [Theory]
    [InlineData("1111-2222-3333", "without the other characters it is 111122223333")]
    [InlineData(" 111122223333", "without the other characters it is 111122223333")]
    [InlineData("12345678901", "it has 11 digits; a leading zero may have been lost: 012345678901")]
    [InlineData("", "a shell variable was probably empty; try: echo \"${ACCOUNT_ID:?}\"")]
    [InlineData("<account>", "replace the placeholder <account> by the account's 12 digits")]
    [InlineData("arn:aws:iam::111122223333:root", "that is an ARN; --arn takes it")]
    [InlineData("1111222233334", null)]
    [InlineData("١١١١٢٢٢٢٣٣٣٣", null)]
    public void Anything_but_twelve_digits_is_refused_with_a_hint(string text, string? hint)
    {
        var failure = Assert.Throws<AuthMapException>(() => AccountId.Parse(text)).Failure;
        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Equal($"\"{text}\" is not an account id: 12 digits are needed", failure.Message);
        Assert.Equal(hint, failure.Hint);
    }
}
