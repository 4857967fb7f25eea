using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Kubernetes.Credentials;

namespace AuthMap.Cluster.Eks;

/// <summary>Tokens for a cluster's API server. One is accepted for less than 15 minutes, so a long run makes several.</summary>
/// <param name="session">The caller.</param>
/// <param name="clusterId">What a token names the cluster by.</param>
/// <param name="clock">Tells how old a token is.</param>
internal sealed class EksCredentials(AwsSession session, string clusterId, TimeProvider clock) : CredentialSource
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private Credential? _credential;
    private DateTimeOffset _made;

    /// <inheritdoc/>
    public override async ValueTask<Credential> GetAsync(CancellationToken cancellationToken) =>
        _credential is not null && IsYoungerThan(Life) ? _credential : await MakeAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A token made just now is refused for who it names; an older one may have outlived the credentials behind it.</remarks>
    public override async ValueTask<Credential?> RenewAsync(CancellationToken cancellationToken) =>
        IsYoungerThan(Fresh) ? null : await MakeAsync(cancellationToken);

    // A clock that was set back makes the age negative, which says nothing.
    private bool IsYoungerThan(TimeSpan age) => clock.GetUtcNow() - _made is var old && old >= TimeSpan.Zero && old < age;

    private async Task<Credential> MakeAsync(CancellationToken cancellationToken)
    {
        var token = await session.ClusterTokenAsync(clusterId, cancellationToken);
        _made = clock.GetUtcNow();
        return _credential = new(Credential.Bearer(token), null);
    }
}
