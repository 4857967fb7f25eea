using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthMap.EndToEnd;

/// <summary>Issues what one API server and its clients show each other; lives as long as the test run.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly DateTimeOffset from = DateTimeOffset.UtcNow.AddHours(-1);
    private readonly DateTimeOffset until = DateTimeOffset.UtcNow.AddDays(1);
    private readonly X509Certificate2 issuer;

    public CertificateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authmap-tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        issuer = request.CreateSelfSigned(from, until);
    }

    /// <summary>The certificate that clients trust, as PEM.</summary>
    public string CertificatePem => issuer.ExportCertificatePem();

    /// <summary>How a .NET client or server checks its peer: by this authority alone.</summary>
    public X509ChainPolicy ChainPolicy => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { issuer },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    /// <summary>A server's certificate, for the loopback address and the names a cluster's clients may insist on.</summary>
    /// <param name="more">Further names.</param>
    public X509Certificate2 IssueForServer(params string[] more)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        names.AddDnsName("kubernetes.default.svc");
        Array.ForEach(more, names.AddDnsName);
        return Issue(new X500DistinguishedName("CN=kube-apiserver"), ServerAuthentication, until, names.Build());
    }

    /// <summary>A certificate of the loopback address whose time is over.</summary>
    public X509Certificate2 IssueExpired()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        return Issue(new X500DistinguishedName("CN=kube-apiserver"), ServerAuthentication, from.AddMinutes(1), names.Build());
    }

    /// <summary>A certificate of the loopback address that nobody vouches for.</summary>
    public static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>A client's certificate, read by Kubernetes as a user name and groups.</summary>
    public X509Certificate2 IssueForClient(string user, params string[] groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups)
        {
            subject.AddOrganizationName(group);
        }

        subject.AddCommonName(user);
        return Issue(subject.Build(), ClientAuthentication, until);
    }

    public void Dispose() => issuer.Dispose();

    private X509Certificate2 Issue(
        X500DistinguishedName subject, string usage, DateTimeOffset end, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var certificate = request.Create(issuer, from, end, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }
}
