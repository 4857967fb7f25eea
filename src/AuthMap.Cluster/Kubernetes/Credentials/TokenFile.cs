namespace AuthMap.Cluster.Kubernetes.Credentials;

/// <summary>A token in a file that somebody else keeps fresh, so it is read for each request.</summary>
/// <param name="path">The file.</param>
/// <param name="fallback">The token to use when the file cannot be read; null for none.</param>
/// <param name="certificate">A client certificate to use beside it.</param>
internal sealed class TokenFile(string path, string? fallback, ClientCertificate? certificate) : CredentialSource
{
    private string? _last;

    /// <inheritdoc/>
    public override async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        _last = await ReadAsync(cancellationToken);
        return new(Credential.Bearer(_last), certificate);
    }

    /// <inheritdoc/>
    public override async ValueTask<Credential?> RenewAsync(CancellationToken cancellationToken)
    {
        var refused = _last;
        var credential = await GetAsync(cancellationToken);
        return _last == refused ? null : credential;
    }

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
            return token.Length > 0 ? token : fallback
                ?? throw new AuthMapException(FailureKind.Failed, $"the token file {path} is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var failure = new Failure(FailureKind.Failed, $"cannot read the token file {path}: {e.Message}");
            return fallback ?? throw new AuthMapException(failure, e);
        }
    }
}
