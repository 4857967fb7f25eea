using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthMap.Cluster.Kubernetes.Config;

namespace AuthMap.Cluster.Kubernetes.Credentials;

/// <summary>A certificate with its private key, and the intermediates to send with it.</summary>
internal sealed record ClientCertificate(X509Certificate2 Certificate, X509Certificate2Collection Intermediates)
{
    /// <summary>The client certificate of a kubeconfig's user; null when it has none. Data beats files, as in kubectl.</summary>
    /// <exception cref="AuthMapException">It cannot be read, or the key is missing.</exception>
    public static ClientCertificate? Of(ContextChoice context)
    {
        var user = context.User;
        var certificate = PemSource.From(user.ClientCertificateData, user.ClientCertificate);
        var key = PemSource.From(user.ClientKeyData, user.ClientKey);
        return (certificate, key) switch
        {
            (null, null) => null,
            (not null, not null) =>
                Parse(certificate.Read(), key.Read(), $"the client certificate of context \"{context.Name}\""),
            (not null, null) => throw new AuthMapException(
                FailureKind.Failed, $"the user of context \"{context.Name}\" has a client certificate without its key"),
            (null, not null) => throw new AuthMapException(
                FailureKind.Failed, $"the user of context \"{context.Name}\" has a client key without its certificate"),
        };
    }

    /// <summary>Joins a certificate and its key.</summary>
    /// <param name="certificate">PEM: the certificate, then any intermediates.</param>
    /// <param name="key">PEM: PKCS#8, or an RSA or EC key in its own form.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="AuthMapException">They cannot be read or do not belong together.</exception>
    public static ClientCertificate Parse(string certificate, string key, string what)
    {
        try
        {
            var pair = X509Certificate2.CreateFromPem(certificate, key);
            if (OperatingSystem.IsWindows())
            {
                // SChannel cannot use a key that lives in memory only.
                using var inMemory = pair;
                pair = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
            }

            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificate);
            chain.RemoveAt(0);
            return new(pair, chain);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            var reason = key.Contains("ENCRYPTED", StringComparison.Ordinal) ? "its key is encrypted" : e.Message.TrimEnd('.');
            throw new AuthMapException(new Failure(FailureKind.Failed, $"{what} cannot be used: {reason}"), e);
        }
    }
}
