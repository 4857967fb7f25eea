using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthMap.Cluster.Kubernetes.Config;

namespace AuthMap.Cluster.Kubernetes.Http;

/// <summary>Decides, as strictly as Go, whether a server's certificate is the right one, and what is wrong with it.</summary>
internal sealed class ServerTrust
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection? _authorities;
    private readonly bool _skip;
    private readonly HostEnvironment _host;

    /// <param name="authorities">Who may have signed the certificate; null: whom the machine trusts.</param>
    /// <param name="serverName">The name to ask for and to expect; null: the URL's host.</param>
    /// <param name="skip">Accept any certificate.</param>
    /// <param name="host">The machine.</param>
    public ServerTrust(X509Certificate2Collection? authorities, string? serverName, bool skip, HostEnvironment host)
    {
        _authorities = authorities;
        _skip = skip;
        _host = host;
        ServerName = serverName;
    }

    /// <summary>The name to ask for and to expect instead of the URL's host.</summary>
    public string? ServerName { get; }

    /// <summary>Whether any certificate is accepted.</summary>
    public bool Skips => _skip;

    /// <summary>Who may have signed the certificate, in PEM; null: whom the machine trusts.</summary>
    public string? AuthorityPem =>
        _authorities is null ? null : string.Join('\n', _authorities.Select(authority => authority.ExportCertificatePem()));

    /// <summary>What was wrong with the last certificate that was refused; null when none was.</summary>
    public string? Problem { get; private set; }

    /// <summary>What a context's cluster says about trust.</summary>
    /// <exception cref="AuthMapException">The certificate authority cannot be read.</exception>
    public static ServerTrust Of(ContextChoice context, Uri address, HostEnvironment host)
    {
        var cluster = context.Cluster;
        var authority = address.Scheme == Uri.UriSchemeHttps
            ? PemSource.From(cluster.CertificateAuthorityData, cluster.CertificateAuthority)
            : null;
        if (cluster.TlsServerName is { } name && Uri.CheckHostName(name) == UriHostNameType.Unknown)
        {
            throw new AuthMapException(
                FailureKind.Failed, $"the tls-server-name of context \"{context.Name}\" is not a host name: {name}");
        }

        return new(
            authority is null ? null : Parse(authority.Read(), $"the certificate authority of context \"{context.Name}\""),
            cluster.TlsServerName,
            cluster.InsecureSkipTlsVerify,
            host);
    }

    /// <summary>The TLS settings of a connection.</summary>
    public SslClientAuthenticationOptions Options()
    {
        if (_skip || _authorities is not null)
        {
            MachineTrust.SetAside(_host);
        }

        return new()
        {
            CertificateChainPolicy = _skip || _authorities is null ? null : Policy(_authorities),
            RemoteCertificateValidationCallback = Accept,
        };
    }

    /// <summary>Reads a bundle of authorities.</summary>
    /// <param name="pem">Certificates in PEM, with whatever else between them.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="AuthMapException">There is no certificate in it, or one that cannot be read.</exception>
    public static X509Certificate2Collection Parse(string pem, string what)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new AuthMapException(new Failure(FailureKind.Failed, $"{what} cannot be read: {e.Message}"), e);
        }

        return authorities.Count > 0
            ? authorities
            : throw new AuthMapException(FailureKind.Failed, $"{what} holds no PEM certificate");
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            ApplicationPolicy = { ServerAuthentication },
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Problem = _skip ? null : certificate is not X509Certificate2 leaf || chain is null
            ? "it showed no certificate"
            : ProblemOf(leaf, chain, errors, ((SslStream)sender).TargetHostName);
        return Problem is null;
    }

    private string? ProblemOf(X509Certificate2 leaf, X509Chain chain, SslPolicyErrors errors, string host)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && !EndsAtAuthority(chain))
        {
            return ChainProblem(leaf, chain);
        }

        // A common name does not count as a host name: Go has not taken it since 1.15.
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            || !leaf.MatchesHostname(host, allowWildcards: true, allowCommonName: false)
            ? $"its certificate is for {Names(leaf)}, not for {host}"
            : null;
    }

    /// <summary>Whether the one fault of a chain is that it ends at an authority that is no root: to Go, and so to kubectl,
    /// every certificate of the bundle is an anchor.</summary>
    private bool EndsAtAuthority(X509Chain chain) =>
        _authorities is not null
        && chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.PartialChain)
        && _authorities.Any(authority => authority.RawData.AsSpan().SequenceEqual(chain.ChainElements[^1].Certificate.RawData));

    private string ChainProblem(X509Certificate2 leaf, X509Chain chain)
    {
        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return flags switch
        {
            _ when flags.HasFlag(X509ChainStatusFlags.NotTimeValid) => Time(chain),
            _ when (flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) == 0 =>
                "its certificate is not valid: "
                    + string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim())),
            _ when leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData) =>
                "its certificate is self-signed" + (_authorities is null ? "" : ", and not signed by the cluster's certificate authority"),
            _ when _authorities is null => $"its certificate is signed by {leaf.Issuer}, which this machine does not trust",
            _ => $"its certificate is signed by {leaf.Issuer}, and not by the cluster's certificate authority",
        };
    }

    private static string Time(X509Chain chain)
    {
        var bad = chain.ChainElements.First(element =>
            element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid));
        var whose = bad == chain.ChainElements[0] ? "its certificate" : "its certificate authority";
        var certificate = bad.Certificate;
        return chain.ChainPolicy.VerificationTime < certificate.NotBefore
            ? $"{whose} is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm}Z; is the clock right?"
            : $"{whose} expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm}Z";
    }

    private static string Names(X509Certificate2 leaf)
    {
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null
            ? "no host name at all"
            : string.Join(", ", names.EnumerateDnsNames()
                .Concat(names.EnumerateIPAddresses().Select(address => address.ToString())));
    }
}
