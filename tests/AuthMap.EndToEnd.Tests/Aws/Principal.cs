namespace AuthMap.EndToEnd;

/// <summary>Somebody with an access key: a user, or a session of a role.</summary>
/// <param name="Arn">As STS returns it.</param>
/// <param name="UserId">The unique id; of a session <c>ID:session name</c>.</param>
public sealed record Principal(string Arn, string UserId, string AccessKeyId, string SecretAccessKey)
{
    /// <summary>Of a session only.</summary>
    public string? SessionToken { get; init; }

    /// <summary>When a session ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    public string Partition => Arn.Split(':')[1];

    public string Account => Arn.Split(':')[4];
}

/// <summary>An IAM role that sessions can be made of.</summary>
/// <param name="Arn">With its path.</param>
/// <param name="Id">The unique id.</param>
public sealed record IamRole(string Arn, string Id)
{
    /// <summary>What its trust policy wants to hear from who assumes it; null: nothing.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The token of the web identity that it trusts.</summary>
    public string? WebIdentityToken { get; init; }

    public string Name => Arn[(Arn.LastIndexOf('/') + 1)..];
}
