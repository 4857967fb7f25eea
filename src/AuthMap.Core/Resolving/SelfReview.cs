namespace AuthMap.Resolving;

/// <summary>Who the caller is to an API server, by its own word (<c>SelfSubjectReview</c>, Kubernetes 1.28 and later).</summary>
/// <param name="Username">The username.</param>
/// <param name="Groups">The groups, those included that the server adds by itself.</param>
/// <param name="Arn">The caller's ARN, where aws-iam-authenticator let it in; null otherwise.</param>
/// <param name="UserId">The user id that STS returned to the authenticator; null otherwise.</param>
/// <param name="AccessKeyId">The id of the access key in the token; null otherwise.</param>
public sealed record SelfReview(
    string Username, IReadOnlyList<string> Groups, string? Arn, string? UserId, string? AccessKeyId)
{
    /// <summary>The same as the resolver takes it; null when the caller did not enter through aws-iam-authenticator.</summary>
    public Caller? Caller => Arn is null ? null : new(Arn) { UserId = UserId, AccessKeyId = AccessKeyId };

    /// <summary>Whether the server says what was resolved. What a template would become that is not known here, it may become.</summary>
    /// <param name="outcome">What was resolved.</param>
    public bool Confirms(ResolvedOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        string[] groups = [.. outcome.Groups, Rbac.Entitlement.Everybody];
        return outcome.Error is null
            && Fits(outcome.Username, Username)
            && groups.All(group => Groups.Any(said => Fits(group, said)))
            && Groups.All(said => groups.Any(group => Fits(group, said)));

        bool Fits(string resolved, string said) => outcome.Unfilled.Any(template => resolved.Contains(template, StringComparison.Ordinal))
            ? Wildcard.Matches(outcome.Unfilled.Aggregate(resolved, (text, template) => text.Replace(template, "*", StringComparison.Ordinal)), said)
            : resolved == said;
    }
}
