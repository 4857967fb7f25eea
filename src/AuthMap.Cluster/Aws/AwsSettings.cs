namespace AuthMap.Cluster.Aws;

/// <summary>What the user said about AWS; everything that is null is found as every SDK finds it.</summary>
public sealed record AwsSettings
{
    /// <summary>The region (<c>--region</c>).</summary>
    public string? Region { get; init; }

    /// <summary>The profile of the shared config and credentials files (<c>--profile</c>).</summary>
    public string? Profile { get; init; }

    /// <summary>The ARN of a role to assume on top of the credentials (<c>--role-arn</c>).</summary>
    public string? RoleArn { get; init; }

    /// <summary>The external id to assume it with (<c>--external-id</c>).</summary>
    public string? ExternalId { get; init; }

    /// <summary>The session name to assume it with (<c>--role-session-name</c>); null for one that names the program.</summary>
    public string? RoleSessionName { get; init; }
}
