using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthMap.Cluster.Tests.Support;

/// <summary>A certificate authority that lives as long as a test.</summary>
public sealed class TestAuthority : IDisposable
{
    private static int _serial;
    private readonly X509Certificate2? _issuer;

    public TestAuthority(string name = "CN=test authority", TestAuthority? parent = null, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var (from, to) = expired
            ? (DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(-1))
            : (DateTimeOffset.UtcNow.AddDays(-60), DateTimeOffset.UtcNow.AddDays(60));
        if (parent is null)
        {
            Certificate = request.CreateSelfSigned(from, to);
        }
        else
        {
            // Times in certificates have whole seconds: a second more than the issuer's end would be refused.
            to = new DateTimeOffset(parent.Certificate.NotAfter);
            using var signed = request.Create(parent.Certificate, from, to, Serial());
            Certificate = signed.CopyWithPrivateKey(key);
            _issuer = parent.Certificate;
        }
    }

    public X509Certificate2 Certificate { get; }

    public string Pem => Certificate.ExportCertificatePem();

    /// <summary>A server certificate for names and addresses; for none, one with a common name only.</summary>
    public X509Certificate2 Server(string[] names, TimeSpan? from = null, TimeSpan? to = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        if (names.Length > 0)
        {
            request.CertificateExtensions.Add(Names(names));
        }

        return Sign(request, key, from ?? TimeSpan.FromDays(-5), to ?? TimeSpan.FromDays(5));
    }

    public X509Certificate2 Client(string user, AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa
            ? new CertificateRequest($"CN={user}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={user}", (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        return Sign(request, key, TimeSpan.FromDays(-5), TimeSpan.FromDays(5));
    }

    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=alone", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Names([name]));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _issuer?.Dispose();
    }

    private static byte[] Serial() => BitConverter.GetBytes(Interlocked.Increment(ref _serial));

    private static X509Extension Names(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }

    private X509Certificate2 Sign(CertificateRequest request, AsymmetricAlgorithm key, TimeSpan from, TimeSpan to)
    {
        var signer = Certificate.GetECDsaPrivateKey()!;
        using var signed = request.Create(
            Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), DateTimeOffset.UtcNow + from, DateTimeOffset.UtcNow + to, Serial());
        return key is RSA rsa ? signed.CopyWithPrivateKey(rsa) : signed.CopyWithPrivateKey((ECDsa)key);
    }
}
