namespace AuthMap.Resolving;

/// <summary>Who knocks at the cluster's door.</summary>
/// <param name="Arn">The ARN as STS GetCallerIdentity returns it, or an IAM role's, which stands for all its sessions.</param>
public sealed record Caller(string Arn)
{
    /// <summary>The user id that STS returns, for a role's session <c>ID:SESSION</c>; null for one made from the ARN.</summary>
    public string? UserId { get; init; }

    /// <summary>The session's name when the ARN is an IAM role's; null when it is not known.</summary>
    public string? SessionName { get; init; }

    /// <summary>The access key id in the token; null when it is not known.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>What EC2 answers to the question for the instance's private DNS name; null when it is not known.</summary>
    public string? PrivateDnsName { get; init; }

    /// <summary>Why EC2 does not answer that question; null when it does.</summary>
    public string? PrivateDnsError { get; init; }
}

/// <summary>How the authenticator is configured; the defaults are what EKS does.</summary>
public sealed record AuthenticatorSettings
{
    /// <summary>Whether its feature <c>SSORoleMatch</c> is on, without which <c>sso</c> entries match nobody.</summary>
    public bool SsoRoleMatch { get; init; }

    /// <summary>Prefixes that no username may have, compared with case.</summary>
    public IReadOnlyList<string> ReservedPrefixes { get; init; } = [];
}
