using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthMap.Cluster.Aws;

/// <summary>Certificate authorities that are trusted besides the machine's (<c>AWS_CA_BUNDLE</c>).</summary>
internal sealed class ExtraAuthorities
{
    private readonly X509Certificate2Collection _authorities;

    private ExtraAuthorities(X509Certificate2Collection authorities) => _authorities = authorities;

    /// <summary>Reads a file of PEM certificates.</summary>
    /// <exception cref="AuthMapException">It cannot be read, or holds none.</exception>
    public static ExtraAuthorities Read(string path)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.');
            throw new AuthMapException(new Failure(FailureKind.Failed, $"cannot read the AWS_CA_BUNDLE {path}: {reason}"), e);
        }

        return authorities.Count > 0
            ? new(authorities)
            : throw new AuthMapException(FailureKind.Failed, $"the AWS_CA_BUNDLE {path} holds no PEM certificate");
    }

    /// <summary>Whether a server's certificate is good: to the machine, or to these authorities.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return errors == SslPolicyErrors.None;
        }

        using var other = new X509Chain();
        other.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        other.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        other.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        other.ChainPolicy.DisableCertificateDownloads = true;
        other.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (chain is not null)
        {
            other.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        }

        return other.Build(leaf);
    }
}
