using AuthMap.Cluster.Kubernetes.Config;
using AuthMap.Cluster.Kubernetes.Credentials;

namespace AuthMap.Cluster.Kubernetes.Http;

/// <summary>An API server, ready to be connected to.</summary>
/// <param name="Name">What people call it: a context, a cluster, "in-cluster".</param>
/// <param name="Address">Its URL; may have a path.</param>
/// <param name="Trust">What its certificate is checked against.</param>
/// <param name="Proxy">The proxy to it; null for none.</param>
/// <param name="Impersonate">Whom to act as; null for the caller itself.</param>
/// <param name="Credentials">Who the caller is.</param>
internal sealed record ApiServer(
    string Name, Uri Address, ServerTrust Trust, Uri? Proxy, Impersonation? Impersonate, CredentialSource Credentials)
{
    /// <summary>The server of a context. Reads the files that the context names.</summary>
    /// <exception cref="AuthMapException">Something in the context cannot work.</exception>
    public static ApiServer Of(ContextChoice context, HostEnvironment host, KubernetesOptions options, TimeProvider clock)
    {
        var address = ParseAddress(context);
        return new(
            context.Name,
            address,
            ServerTrust.Of(context, address, host),
            ProxyChoice.For(address, context, host),
            context.User.Impersonate,
            CredentialSource.For(context, exec => new ExecCredentials(new ExecPlugin(context, exec, host, options), clock)));
    }

    private static Uri ParseAddress(ContextChoice context)
    {
        // As kubectl: without a scheme it is https when anything about TLS is said, else http.
        var cluster = context.Cluster;
        var secure = cluster is not { CertificateAuthority: null, CertificateAuthorityData: null, InsecureSkipTlsVerify: false }
            || context.User is not { ClientCertificate: null, ClientCertificateData: null };
        var text = cluster.Server.Contains("://", StringComparison.Ordinal)
            ? cluster.Server
            : $"{(secure ? "https" : "http")}://{cluster.Server}";
        return Uri.TryCreate(text.TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme is ("https" or "http")
            ? address
            : throw new AuthMapException(
                FailureKind.Failed, $"the server of context \"{context.Name}\" is not an https URL: {cluster.Server}");
    }
}
