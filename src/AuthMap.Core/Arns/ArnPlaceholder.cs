namespace AuthMap.Arns;

/// <summary>Places in an example that were not filled in: <c>&lt;account&gt;</c>, <c>${X}</c>, <c>$X</c>, <c>{{x}}</c>.</summary>
internal static class ArnPlaceholder
{
    private static readonly (string Open, string Close)[] _brackets = [("<", ">"), ("${", "}"), ("$(", ")"), ("{{", "}}"), ("{", "}")];

    /// <summary>The first placeholder in a text; null when there is none.</summary>
    public static string? Find(string text)
    {
        foreach (var (open, close) in _brackets)
        {
            var start = text.IndexOf(open, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf(close, start, StringComparison.Ordinal);
            if (end >= 0)
            {
                return text[start..(end + close.Length)];
            }
        }

        var dollar = text.IndexOf('$');
        if (dollar < 0)
        {
            return null;
        }

        var length = text.AsSpan(dollar + 1).IndexOfAnyExcept(IamName.WordCharacters);
        return length < 0 ? text[dollar..] : text[dollar..(dollar + 1 + length)];
    }

    /// <summary>Whether a text that stands where an account id should is a word in its place: <c>ACCOUNT_ID</c>, <c>xxxxxxxxxxxx</c>.</summary>
    public static bool IsAccountWord(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetter(character) || character is '_' or '-' or '*');
}
