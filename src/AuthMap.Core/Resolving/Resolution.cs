using AuthMap.Arns;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Resolving;

/// <summary>One way a request can end.</summary>
/// <param name="Username">The Kubernetes user; empty when the caller is turned away, and for an entry without a username.</param>
/// <param name="Groups">Its groups, as the entry lists them.</param>
/// <param name="Error">Why the caller is turned away, in the authenticator's words; null when it enters.</param>
/// <param name="Entry">The entry that decides; null when there is none.</param>
/// <param name="Unfilled">The templates that stay as they are written because what they stand for is not known here.</param>
public sealed record ResolvedOutcome(
    string Username, GroupList Groups, string? Error, LocatedEntry? Entry, IReadOnlyList<string> Unfilled);

/// <summary>What aws-iam-authenticator makes of a caller.</summary>
/// <param name="Canonical">The ARN that entries are compared with; null when the caller's ARN names no identity.</param>
/// <param name="Outcomes">The ways a request can end: one, or several where the authenticator picks at random.</param>
public sealed record Resolution(CanonicalArn? Canonical, IReadOnlyList<ResolvedOutcome> Outcomes)
{
    /// <summary>Whether requests of the same caller can end in different ways.</summary>
    public bool IsAmbiguous => Outcomes.Count > 1;
}
