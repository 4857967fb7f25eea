using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>What an entry does.</summary>
public enum Reachability
{
    /// <summary>It lets its principal in.</summary>
    Effective,

    /// <summary>Another entry of the same principal wins.</summary>
    Shadowed,

    /// <summary>No caller can ever match it.</summary>
    Unreachable,

    /// <summary>It relies on a feature that EKS does not turn on (<c>sso</c>).</summary>
    Ignored,

    /// <summary>It and another spelling of the same user both stand; the authenticator picks one at random, request by request.</summary>
    Ambiguous,
}

/// <summary>An entry and what it does.</summary>
/// <param name="Located">The entry.</param>
/// <param name="Reachability">What it does.</param>
/// <param name="Reason">Why it does not simply work; null when it does.</param>
public sealed record EntryStatus(LocatedEntry Located, Reachability Reachability, string? Reason)
{
    /// <summary>What every entry of a map does, in the order of the map; in time linear in its size.</summary>
    /// <param name="document">The map.</param>
    public static IReadOnlyList<EntryStatus> Of(AwsAuthDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Of(new MapIndex(document));
    }

    internal static IReadOnlyList<EntryStatus> Of(MapIndex index)
    {
        var standing = new HashSet<LocatedEntry>(ReferenceEqualityComparer.Instance);
        return [.. index.All.Select(located => Status(located))];

        EntryStatus Status(LocatedEntry located)
        {
            var (reachability, reason) = located.Mapping switch
            {
                AccountMapping account => OfAccount(account, located),
                RoleMapping { Sso: not null } =>
                    (Reachability.Ignored, "sso entries need a feature of the authenticator that EKS does not turn on"),
                var principal when MatchableArn.WhyNot(principal.Identity) is { } never => (Reachability.Unreachable, $"the ARN {never}"),
                var principal => OfPrincipal(index.ByArn(principal.Identity)!, located),
            };
            return new(located, reachability, reason);
        }

        (Reachability, string?) OfAccount(AccountMapping account, LocatedEntry located) =>
            !AccountId.IsValid(account.AccountId) ? (Reachability.Unreachable, $"an account id has {AccountId.Length} digits")
            : index.ByAccount(account.AccountId)[0] is var first && ReferenceEquals(first, located) ? (Reachability.Effective, null)
            : (Reachability.Shadowed, $"{first.Place} lists the same account");

        (Reachability, string?) OfPrincipal(ArnGroup group, LocatedEntry located)
        {
            if (group.Entries.Count == 1)
            {
                return (Reachability.Effective, null);
            }

            // The first of a group to come by brings in those that stand, so that each group is looked at once.
            if (ReferenceEquals(group.Entries[0], located))
            {
                standing.UnionWith(group.Standing);
            }

            var winner = group.Standing[^1];
            return !standing.Contains(located) ? (Reachability.Shadowed, $"{winner.Place} names the same principal and wins")
                : group.Standing.Count == 1 ? (Reachability.Effective, null)
                : (Reachability.Ambiguous, "the same user is listed in different case; the authenticator picks one at random");
        }
    }
}
