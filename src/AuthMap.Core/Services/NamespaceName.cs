namespace AuthMap.Services;

/// <summary>The name of a Kubernetes namespace: a DNS label (RFC 1123).</summary>
internal static class NamespaceName
{
    private const int Longest = 63;

    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: no namespace can have this name.</exception>
    public static void Check(string text)
    {
        if (text.Length is 0 or > Longest
            || text.Any(character => !char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
            || text[0] == '-' || text[^1] == '-')
        {
            throw new AuthMapException(
                FailureKind.Usage,
                $"\"{text}\" cannot be the name of a namespace",
                $"it has 1 to {Longest} lower-case letters, digits and hyphens, and no hyphen at its ends");
        }
    }
}
