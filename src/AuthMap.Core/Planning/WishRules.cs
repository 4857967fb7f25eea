namespace AuthMap.Planning;

/// <summary>What may be asked for: usernames and groups that Kubernetes and the authenticator can work with.</summary>
internal static class WishRules
{
    /// <summary>Refuses what can never be right.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>.</exception>
    public static void Check(UpsertPrincipal wish)
    {
        if (wish.Arn.Length == 0 || wish.Arn.Any(character => !char.IsAscii(character) || char.IsControl(character)))
        {
            throw Usage($"\"{wish.Arn}\" is not an ARN that can be written", null);
        }

        if (wish.Username is { } username)
        {
            Check("username", username);
        }

        foreach (var group in wish.Groups)
        {
            Check("group", group);
        }

        if (wish.Groups.Intersect(wish.RemoveGroups, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            throw Usage($"the group \"{both}\" is both to be given and to be taken away", null);
        }
    }

    /// <summary>Warns of what is probably not meant.</summary>
    /// <param name="wish">The wish.</param>
    /// <param name="isRole">Whether the principal is a role, so that its callers have a session name.</param>
    public static IEnumerable<Notice> Warn(UpsertPrincipal wish, bool isRole)
    {
        if (wish.Username is Templates.SessionName or Templates.SessionNameRaw && isRole)
        {
            yield return Notice.Warning(
                $"the username is {wish.Username} alone: whoever may assume the role chooses it, another person's name included; " +
                "put a prefix before it");
        }

        foreach (var text in wish.Groups.Prepend(wish.Username ?? ""))
        {
            foreach (var template in Templates.In(text))
            {
                if (Templates.WhyUnknown(template) is { } unknown)
                {
                    yield return Notice.Warning($"\"{text}\": {unknown}");
                }
                else if (!isRole && Templates.WhyNotForUsers(template) is { } reason)
                {
                    yield return Notice.Warning($"\"{text}\": {reason}");
                }
            }
        }
    }

    private static void Check(string what, string text)
    {
        if (text.Length == 0)
        {
            throw Usage($"the {what} is empty", "a shell variable was probably empty");
        }

        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            var where = char.IsWhiteSpace(text[0]) ? "beginning" : "end";
            throw Usage($"the {what} \"{text}\" has a blank at its {where}", "the authenticator does not trim it");
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' || IsLoneSurrogate(text, i))
            {
                throw Usage($"the {what} holds the character U+{(int)text[i]:X4} at position {i + 1}, which cannot be written", null);
            }
        }
    }

    private static bool IsLoneSurrogate(string text, int at) => char.IsSurrogate(text[at])
        && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
        && !(at > 0 && char.IsSurrogatePair(text[at - 1], text[at]));

    private static AuthMapException Usage(string message, string? hint) => new(FailureKind.Usage, message, hint);
}
