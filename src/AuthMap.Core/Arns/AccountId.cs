namespace AuthMap.Arns;

/// <summary>An AWS account id: 12 digits, leading zeros included. It is text, not a number.</summary>
public static class AccountId
{
    /// <summary>How many digits it has.</summary>
    public const int Length = 12;

    /// <summary>Whether a text is an account id.</summary>
    /// <param name="text">The text.</param>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == Length && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Checks a typed account id.</summary>
    /// <param name="text">The text as typed.</param>
    /// <returns>The text.</returns>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: it is not 12 digits; the hint says what it may be.</exception>
    public static string Parse(string text) => Check(text) is { } failure ? throw new AuthMapException(failure) : text;

    /// <summary>Says what is wrong with a text as an account id.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null when it is one.</returns>
    public static Failure? Check(string text) =>
        IsValid(text) ? null : new(FailureKind.Usage, $"\"{text}\" is not an account id: {Length} digits are needed", Hint(text));

    // What was probably meant; null when that cannot be said.
    private static string? Hint(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (text.Length == 0)
        {
            return "a shell variable was probably empty; try: echo \"${ACCOUNT_ID:?}\"";
        }

        if (ArnPlaceholder.Find(text) is { } placeholder)
        {
            return $"replace the placeholder {placeholder} by the account's {Length} digits";
        }

        if (text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return "that is an ARN; --arn takes it";
        }

        if (digits.Length == Length)
        {
            return $"without the other characters it is {digits}";
        }

        return digits.Length == text.Length && digits.Length is > 7 and < Length
            ? $"it has {digits.Length} digits; a leading zero may have been lost: {digits.PadLeft(Length, '0')}"
            : null;
    }
}
