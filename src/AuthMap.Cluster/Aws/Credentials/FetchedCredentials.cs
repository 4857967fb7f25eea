using Amazon.Runtime;

namespace AuthMap.Cluster.Aws.Credentials;

/// <summary>Credentials that somebody hands out for a while; fetched at the first use, and again a minute before they expire.</summary>
/// <param name="fetch">Fetches them. Fails with an <see cref="AuthMapException"/>.</param>
internal sealed class FetchedCredentials(Func<Task<RefreshingAWSCredentials.CredentialsRefreshState>> fetch) : RefreshingAWSCredentials
{
    /// <summary>The state of credentials.</summary>
    /// <param name="accessKeyId">The access key id.</param>
    /// <param name="secretAccessKey">The secret access key.</param>
    /// <param name="token">The session token.</param>
    /// <param name="account">The account that they belong to; null when that is not known.</param>
    /// <param name="expiration">When they expire, in UTC; null: never.</param>
    public static CredentialsRefreshState State(
        string accessKeyId, string secretAccessKey, string? token, string? account, DateTime? expiration) =>
        new(new ImmutableCredentials(accessKeyId, secretAccessKey, token, account), expiration ?? DateTime.MaxValue);

    /// <inheritdoc/>
    protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => fetch();

    /// <inheritdoc/>
    protected override CredentialsRefreshState GenerateNewCredentials() => fetch().GetAwaiter().GetResult();
}
