using System.Text.RegularExpressions;

namespace AuthMap.Resolving;

/// <summary>Fills in the templates of usernames and groups in the authenticator's order (<c>pkg/server</c>, <c>renderTemplate</c>):
/// plain replacement, exact spelling; what it does not know stays.</summary>
internal sealed partial class SessionTemplates(Caller caller, string account, string? session)
{
    private const string PrivateDns = "{{EC2PrivateDNSName}}";
    private readonly List<string> _unfilled = [];

    /// <summary>The templates that were met and could not be filled in here, in the order they were met.</summary>
    public IReadOnlyList<string> Unfilled => _unfilled;

    /// <summary>Renders a text.</summary>
    /// <param name="text">The username or group as the entry writes it.</param>
    /// <param name="rendered">The result; empty on failure.</param>
    /// <returns>Why it fails, and the caller with it; null when it does not.</returns>
    public string? Render(string text, out string rendered)
    {
        rendered = "";
        if (text.Contains(PrivateDns, StringComparison.Ordinal))
        {
            if (session is not null && !InstanceId().IsMatch(session))
            {
                return "SessionName did not contain an instance id";
            }

            if (caller.PrivateDnsError is { } error)
            {
                return error;
            }
        }

        rendered = text;
        Fill(PrivateDns, caller.PrivateDnsName, ref rendered);
        Fill("{{AccountID}}", account, ref rendered);
        Fill("{{SessionName}}", session?.Replace('@', '-'), ref rendered);
        Fill("{{SessionNameRaw}}", session, ref rendered);
        Fill("{{AccessKeyID}}", caller.AccessKeyId, ref rendered);
        return null;
    }

    private void Fill(string template, string? value, ref string text)
    {
        if (value is not null)
        {
            text = text.Replace(template, value, StringComparison.Ordinal);
        }
        else if (text.Contains(template, StringComparison.Ordinal) && !_unfilled.Contains(template))
        {
            _unfilled.Add(template);
        }
    }

    [GeneratedRegex(@"^i-([0-9A-Za-z_]{8}|[0-9A-Za-z_]{17})\z", RegexOptions.CultureInvariant)]
    private static partial Regex InstanceId();
}
