using AuthMap.Arns;

namespace AuthMap.Planning;

/// <summary>What stands in double braces in usernames and groups; anything that the authenticator does not know stays as it is.</summary>
internal static class Templates
{
    public const string SessionName = "{{SessionName}}";
    public const string SessionNameRaw = "{{SessionNameRaw}}";
    public const string PrivateDnsName = "{{EC2PrivateDNSName}}";

    private static readonly string[] _known = [PrivateDnsName, "{{AccountID}}", SessionName, SessionNameRaw, "{{AccessKeyID}}"];

    /// <summary>The templates in a text, braces included.</summary>
    public static IEnumerable<string> In(string text)
    {
        for (var start = text.IndexOf("{{", StringComparison.Ordinal); start >= 0;)
        {
            var end = text.IndexOf("}}", start, StringComparison.Ordinal);
            if (end < 0)
            {
                yield break;
            }

            yield return text[start..(end + 2)];
            start = text.IndexOf("{{", end + 2, StringComparison.Ordinal);
        }
    }

    /// <summary>Says that the authenticator does not know a template; null when it does.</summary>
    public static string? WhyUnknown(string template) => _known.Contains(template)
        ? null
        : $"{template} is not replaced, the authenticator does not know it; {Suggest(template)}";

    /// <summary>What goes wrong with a template in the entry of a user, who has no session; null when nothing does.</summary>
    public static string? WhyNotForUsers(string template) => template switch
    {
        SessionName or SessionNameRaw => $"a user has no session, so {template} becomes empty",
        PrivateDnsName => $"a user is no EC2 instance, so with {template} it is turned away",
        _ => null,
    };

    private static string Suggest(string template)
    {
        var lower = _known.Select(known => known.ToLowerInvariant()).ToArray();
        return Closest.To(template.Replace(" ", "", StringComparison.Ordinal), lower) is { } meant
            ? $"did you mean {_known[lower.IndexOf(meant)]}"
            : $"known are {string.Join(", ", _known)}";
    }
}
