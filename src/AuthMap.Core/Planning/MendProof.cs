using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Resolving;

namespace AuthMap.Planning;

/// <summary>Proves that callers become what they became before.</summary>
internal static class MendProof
{
    private static readonly AuthenticatorSettings _eks = new();

    /// <summary>Asks for every principal and account of both maps what it becomes.</summary>
    /// <param name="before">The map as it is.</param>
    /// <param name="after">The map as it would be.</param>
    /// <param name="except">The lookup keys of those whose outcome may change.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: somebody would become somebody else.</exception>
    public static void Check(AwsAuthDocument before, AwsAuthDocument after, IReadOnlySet<string> except)
    {
        var (old, now) = (new Resolver(before, _eks), new Resolver(after, _eks));
        foreach (var caller in Callers(before).Union(Callers(after), StringComparer.Ordinal))
        {
            if (!except.Contains(Arn.LookupKey(caller)) && !Outcomes(old, caller).SequenceEqual(Outcomes(now, caller)))
            {
                throw new AuthMapException(
                    FailureKind.Refused, $"nothing is mended: {caller} would become somebody else", "mend the findings by hand");
            }
        }
    }

    // Whoever is named, and of each account somebody who is not.
    private static IEnumerable<string> Callers(AwsAuthDocument document) =>
        from section in document.Sections
        from entry in section.Entries
        from caller in entry.Mapping switch
        {
            AccountMapping account => Partitions.All.Select(partition => $"arn:{partition}:iam::{account.AccountId}:user/authmap/nobody"),
            var principal when MatchableArn.MeantKey(principal.Identity) is { } meant => [meant],
            var principal => [Arn.LookupKey(principal.Identity)],
        }
        select caller;

    private static IEnumerable<(string, GroupList, string?)> Outcomes(Resolver resolver, string caller) =>
        resolver.Resolve(new(caller)).Outcomes.Select(outcome => (outcome.Username, outcome.Groups, outcome.Error));
}
