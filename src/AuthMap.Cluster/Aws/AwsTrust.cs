using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthMap.Cluster.Aws;

/// <summary>Whether a server of AWS is the right one: to the machine, or to the authorities of <c>AWS_CA_BUNDLE</c>.</summary>
internal sealed class AwsTrust
{
    private readonly HostEnvironment _host;
    private readonly X509Certificate2Collection _bundle = [];

    /// <param name="host">The machine.</param>
    /// <param name="bundle">The path of a file of PEM certificates; null for none.</param>
    /// <exception cref="AuthMapException">It cannot be read, or holds none.</exception>
    public AwsTrust(HostEnvironment host, string? bundle)
    {
        _host = host;
        if (bundle is null)
        {
            return;
        }

        var path = Path.GetFullPath(bundle, host.WorkingDirectory);
        try
        {
            _bundle.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.');
            throw new AuthMapException(new Failure(FailureKind.Failed, $"cannot read the AWS_CA_BUNDLE {path}: {reason}"), e);
        }

        if (_bundle.Count == 0)
        {
            throw new AuthMapException(FailureKind.Failed, $"the AWS_CA_BUNDLE {path} holds no PEM certificate");
        }
    }

    /// <summary>Judges a server's certificate.</summary>
    /// <exception cref="AuthenticationException">It is not good, and why.</exception>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 leaf && IsTrusted(leaf, chain))
            ? true
            : throw new AuthenticationException(
                $"the remote certificate is invalid: {string.Join(", ", Reasons(chain, errors))}");

    private bool IsTrusted(X509Certificate2 leaf, X509Chain? chain)
    {
        using var other = new X509Chain();
        other.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        other.ChainPolicy.CustomTrustStore.AddRange(_bundle);
        if (MachineTrust.IsSetAside)
        {
            other.ChainPolicy.CustomTrustStore.AddRange(MachineTrust.Read(_host));
        }

        if (other.ChainPolicy.CustomTrustStore.Count == 0)
        {
            return false;
        }

        other.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        other.ChainPolicy.DisableCertificateDownloads = true;
        other.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (chain is not null)
        {
            other.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        }

        return other.Build(leaf);
    }

    private static IEnumerable<string> Reasons(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            yield return "there is none";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            yield return "it is for another name";
        }

        foreach (var status in errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? chain?.ChainStatus ?? [] : [])
        {
            yield return status.Status.ToString();
        }
    }
}
