using Amazon.Runtime;

namespace AuthMap.Cluster.Aws;

/// <summary>Who calls AWS, and where: credentials and region, found as every SDK finds them.</summary>
internal sealed class AwsSession : IDisposable
{
    /// <summary>Finds the region and the kind of credentials. Reads files and variables; contacts nothing.</summary>
    /// <exception cref="AuthMapException">No region, no such profile (<see cref="FailureKind.Usage"/>), or a profile that cannot
    /// work.</exception>
    public static AwsSession Open(AwsSettings settings, HostEnvironment host, AwsOptions options, TimeProvider clock) =>
        throw new NotImplementedException();

    /// <summary>The region's name.</summary>
    public string Region => throw new NotImplementedException();

    /// <summary>What was tried, for messages: <c>profile "dev", region eu-west-1</c>.</summary>
    public string Tried => throw new NotImplementedException();

    /// <summary>The credentials as the SDK takes them, with the role on top that was asked for.</summary>
    public AWSCredentials Credentials => throw new NotImplementedException();

    /// <summary>Who calls, as far as that can be told without asking: the account where the credentials carry it, else profile and
    /// role, else a hash of the access key id. Two callers of different accounts never have the same; holds no secret.</summary>
    /// <exception cref="AuthMapException">There are no credentials.</exception>
    public ValueTask<string> IdentityAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The caller's ARN as STS knows it; null when it does not say so within three seconds.</summary>
    public ValueTask<string?> CallerArnAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>A token that proves the caller to a cluster's API server; made here, without a request. A secret.</summary>
    /// <param name="clusterId">The cluster's name; of a local cluster on an Outpost, its id.</param>
    /// <param name="cancellationToken">Ends the wait for credentials.</param>
    public ValueTask<string> ClusterTokenAsync(string clusterId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
