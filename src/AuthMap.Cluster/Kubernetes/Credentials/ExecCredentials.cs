namespace AuthMap.Cluster.Kubernetes.Credentials;

/// <summary>Credentials of a plugin, which runs once, and again when they expire or are refused.</summary>
/// <param name="plugin">The plugin.</param>
/// <param name="clock">Tells when a credential has expired.</param>
internal sealed class ExecCredentials(ExecPlugin plugin, TimeProvider clock) : CredentialSource
{
    private Credential? _credential;
    private DateTimeOffset _expires;

    /// <inheritdoc/>
    public override async ValueTask<Credential> GetAsync(CancellationToken cancellationToken) =>
        _credential is not null && clock.GetUtcNow() < _expires ? _credential : await RunAsync(cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<Credential?> RenewAsync(CancellationToken cancellationToken) =>
        await RunAsync(cancellationToken);

    private async Task<Credential> RunAsync(CancellationToken cancellationToken)
    {
        var status = await plugin.RunAsync(cancellationToken);
        _expires = status.ExpirationTimestamp ?? DateTimeOffset.MaxValue;
        return _credential = new(
            string.IsNullOrEmpty(status.Token) ? null : Credential.Bearer(status.Token),
            string.IsNullOrEmpty(status.ClientCertificateData) ? null : ClientCertificate.Parse(
                status.ClientCertificateData, status.ClientKeyData!, $"the certificate of {plugin.Who}"));
    }
}
