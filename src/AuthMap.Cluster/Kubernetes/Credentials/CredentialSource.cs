using System.Net.Http.Headers;
using System.Text;
using AuthMap.Cluster.Kubernetes.Config;

namespace AuthMap.Cluster.Kubernetes.Credentials;

/// <summary>What a request proves the caller with.</summary>
/// <param name="Authorization">The header; null for none.</param>
/// <param name="Certificate">The client certificate of the TLS connection; null for none.</param>
internal sealed record Credential(AuthenticationHeaderValue? Authorization, ClientCertificate? Certificate)
{
    /// <summary>A bearer token's header.</summary>
    /// <exception cref="AuthMapException">The token cannot stand in a header.</exception>
    public static AuthenticationHeaderValue Bearer(string token)
    {
        var bare = token.Trim();
        return bare.All(c => char.IsAscii(c) && !char.IsControl(c))
            ? new("Bearer", bare)
            : throw new AuthMapException(FailureKind.Failed, "the bearer token holds characters that no token has");
    }
}

/// <summary>Where credentials come from. Not for concurrent use: a connection sends one request at a time.</summary>
internal abstract class CredentialSource
{
    /// <summary>The credential for the next request.</summary>
    /// <exception cref="AuthMapException">There is none to be had.</exception>
    public abstract ValueTask<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>A credential made anew after the server refused one with 401; null when there is no other.</summary>
    public virtual ValueTask<Credential?> RenewAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<Credential?>(null);

    /// <summary>The source for a user of a kubeconfig, with kubectl's precedence: a plugin runs only when nothing else is given,
    /// and a token file beats a token.</summary>
    /// <param name="context">The context.</param>
    /// <param name="plugin">Makes the plugin's source.</param>
    /// <exception cref="AuthMapException">The user's entry contradicts itself, or asks for what no longer exists.</exception>
    public static CredentialSource For(ContextChoice context, Func<ExecConfig, CredentialSource> plugin)
    {
        var user = context.User;
        var hasToken = user.Token is not null || user.TokenFile is not null;
        if (hasToken && user.Username is not null)
        {
            throw new AuthMapException(
                FailureKind.Failed, $"the user of context \"{context.Name}\" has a token and a username; only one may be given");
        }

        var certificate = ClientCertificate.Of(context);
        if (user.TokenFile is not null)
        {
            return new TokenFile(user.TokenFile, user.Token, certificate);
        }

        if (user.Token is not null)
        {
            return new Fixed(new(Credential.Bearer(user.Token), certificate));
        }

        if (user.Username is not null)
        {
            var pair = Encoding.UTF8.GetBytes($"{user.Username}:{user.Password}");
            return new Fixed(new(new("Basic", Convert.ToBase64String(pair)), certificate));
        }

        if (certificate is null && user.Exec is not null)
        {
            return plugin(user.Exec);
        }

        return certificate is not null || user.AuthProvider is null
            ? new Fixed(new(null, certificate))
            : throw new AuthMapException(
                FailureKind.Failed,
                $"the user of context \"{context.Name}\" has an auth-provider that kubectl no longer knows: {user.AuthProvider}",
                "use the provider's exec plugin instead");
    }

    /// <summary>The source of a credential that stays the same.</summary>
    public static CredentialSource Always(Credential credential) => new Fixed(credential);

    private sealed class Fixed(Credential credential) : CredentialSource
    {
        public override ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(credential);
    }
}
