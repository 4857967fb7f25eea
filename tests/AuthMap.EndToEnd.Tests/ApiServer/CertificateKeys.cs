using System.Security.Cryptography.X509Certificates;

namespace AuthMap.EndToEnd;

internal static class CertificateKeys
{
    /// <summary>The private key of a certificate that <see cref="CertificateAuthority"/> issued, as PEM.</summary>
    public static string KeyPem(this X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey();
        return key!.ExportPkcs8PrivateKeyPem();
    }
}
