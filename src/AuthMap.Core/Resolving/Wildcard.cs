namespace AuthMap.Resolving;

/// <summary>Wildcards as IAM policies use them: what people mean by them in aws-auth, where they mean nothing.</summary>
internal static class Wildcard
{
    /// <summary>Whether a pattern with <c>*</c> (anything) and <c>?</c> (one character) fits a text.</summary>
    public static bool Matches(string pattern, string text)
    {
        var (at, star, mark) = (0, -1, 0);
        for (var i = 0; i < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, mark) = (at++, i);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[i]))
            {
                (at, i) = (at + 1, i + 1);
            }
            else if (star >= 0)
            {
                (at, i) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
