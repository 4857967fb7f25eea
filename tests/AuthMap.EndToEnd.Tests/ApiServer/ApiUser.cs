using System.Security.Cryptography.X509Certificates;

namespace AuthMap.EndToEnd;

/// <summary>Somebody the API server knows, by a client certificate and by a bearer token.</summary>
public sealed record ApiUser(string Name, IReadOnlyList<string> Groups, X509Certificate2 Certificate, string Token)
{
    public string CertificatePem => Certificate.ExportCertificatePem();

    public string KeyPem => Certificate.KeyPem();

    public static ApiUser Create(CertificateAuthority authority, string name, params string[] groups) =>
        new(name, groups, authority.IssueForClient(name, groups), $"token-of-{name}");
}
