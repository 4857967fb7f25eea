using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Resolving;

/// <summary>Answers as aws-iam-authenticator does, from the map alone: who a caller becomes.</summary>
/// <param name="document">The map.</param>
/// <param name="settings">How the authenticator is configured.</param>
public sealed class Resolver(AwsAuthDocument document, AuthenticatorSettings settings)
{
    private const string NotMapped = "identity is not mapped";

    private readonly MapIndex _index = new(document);

    /// <summary>Resolves a caller.</summary>
    /// <param name="caller">The caller.</param>
    public Resolution Resolve(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!CanonicalArn.TryParse(caller.Arn, out var canonical, out var reason))
        {
            return new(null, [TurnedAway($"{caller.Arn} {reason}")]);
        }

        if (!TrySession(caller, canonical, out var session))
        {
            return new(canonical, [TurnedAway($"the user id \"{caller.UserId ?? session}\" is not of the form ID:SESSION")]);
        }

        var account = AccountOf(caller.Arn);
        var candidates = Candidates(canonical).ToList();
        if (candidates.Count > 0)
        {
            return new(canonical, [.. candidates.Select(entry => Enter(entry, new(caller, account, session)))]);
        }

        return new(canonical, [_index.ByAccount(account) is [var row, ..]
            ? Checked(new(canonical.Text, [], null, row, []))
            : TurnedAway(NotMapped)]);
    }

    /// <summary>The entries of which the authenticator takes one: its roles before its users, each list whatever it names.</summary>
    private IEnumerable<LocatedEntry> Candidates(CanonicalArn canonical)
    {
        var standing = _index.ByArn(canonical.Text)?.Standing ?? [];
        var sso = settings.SsoRoleMatch ? SsoMatches(canonical.LookupKey) : [];
        var roles = standing.Where(entry => entry.Key == SectionKey.MapRoles).Concat(sso).ToList();
        return roles.Count > 0 ? roles.OrderBy(entry => entry.Entry.Index) : standing;
    }

    // Of several entries with one pattern the last one stays, as with ARNs.
    private IEnumerable<LocatedEntry> SsoMatches(string key) => _index.All
        .Select(entry => (Entry: entry, (entry.Mapping as RoleMapping)?.Sso))
        .Where(pair => pair.Sso is not null)
        .Select(pair => (pair.Entry, Pattern: SsoPattern.Of(pair.Sso!)))
        .Where(pair => key.StartsWith(pair.Pattern, StringComparison.Ordinal))
        .GroupBy(pair => pair.Pattern, StringComparer.Ordinal)
        .Select(same => same.Last().Entry);

    private ResolvedOutcome Enter(LocatedEntry entry, SessionTemplates templates)
    {
        var mapping = (PrincipalMapping)entry.Mapping;
        if (templates.Render(mapping.Username, out var username) is { } fault)
        {
            return Denied("username", mapping.Username, fault);
        }

        var groups = new List<string>();
        foreach (var text in mapping.Groups)
        {
            if (templates.Render(text, out var group) is { } groupFault)
            {
                return Denied("group", text, groupFault);
            }

            groups.Add(group);
        }

        return Checked(new(username, GroupList.From(groups), null, entry, templates.Unfilled));

        ResolvedOutcome Denied(string what, string text, string fault) =>
            TurnedAway($"mapper EKSConfigMap renderTemplates error: error rendering {what} template \"{text}\": {fault}", entry);
    }

    private ResolvedOutcome Checked(ResolvedOutcome outcome) =>
        settings.ReservedPrefixes.Any(prefix => outcome.Username.StartsWith(prefix, StringComparison.Ordinal))
            ? TurnedAway(
                $"invalid username '{outcome.Username}' for mapper EKSConfigMap: username must not begin with with the following prefixes: "
                    + $"[{string.Join(' ', settings.ReservedPrefixes)}]",
                outcome.Entry)
            : outcome;

    /// <summary>The session's name: of a role the second half of the user id, which must have two; of anybody else it is empty.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="canonical">Its canonical ARN.</param>
    /// <param name="session">The name; null when it is not known. On failure what stands where it should.</param>
    private static bool TrySession(Caller caller, CanonicalArn canonical, out string? session)
    {
        session = "";
        if (canonical.Type is not (PrincipalType.AssumedRole or PrincipalType.Role))
        {
            return true;
        }

        if (caller.UserId is { } userId)
        {
            var halves = userId.Split(':');
            session = halves[^1];
            return halves.Length == 2;
        }

        session = canonical.Type == PrincipalType.Role ? caller.SessionName : caller.Arn[(caller.Arn.LastIndexOf('/') + 1)..];
        return session?.Contains(':') != true;
    }

    private static string AccountOf(string arn) => Arn.TryParse(arn, out var parts, out _) ? parts.Account : "";

    private static ResolvedOutcome TurnedAway(string error, LocatedEntry? entry = null) => new("", [], error, entry, []);
}
