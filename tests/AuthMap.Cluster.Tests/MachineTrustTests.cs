using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests;

public sealed class MachineTrustTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void The_file_and_the_folders_are_read()
    {
        Directory.CreateDirectory(_work.Path("home/certs"));
        Write("home/bundle.crt", "one");
        Write("home/certs/two.pem", "two");
        File.CreateSymbolicLink(_work.Path("home/certs/0a1b2c3d.0"), _work.Path("home/certs/two.pem"));
        File.CreateSymbolicLink(_work.Path("home/certs/ca-certificates.crt"), _work.Path("home/bundle.crt"));

        Assert.Equal(["CN=one", "CN=two"], Read("home/certs"));
    }

    [Fact]
    public void What_cannot_be_read_is_left_out()
    {
        Write("home/bundle.crt", "one");
        File.WriteAllText(_work.Path("home/file"), "no folder");

        Assert.Equal(["CN=one"], Read("home/none", "home/file"));
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_left_out()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take a right of their own there");
        Write("home/bundle.crt", "one");
        File.CreateSymbolicLink(_work.Path("home/loop"), "loop");

        Assert.Equal(["CN=one"], Read("home/loop", "home/missing"));
    }

    private IEnumerable<string> Read(params string[] folders) => MachineTrust.Read(new(
        new Dictionary<string, string>
        {
            ["SSL_CERT_FILE"] = _work.Path("home/bundle.crt"),
            ["SSL_CERT_DIR"] = string.Join(':', folders.Select(_work.Path)),
        },
        "", "", "")).Select(certificate => certificate.Subject);

    private void Write(string path, string name)
    {
        using var key = ECDsa.Create();
        var now = DateTimeOffset.UtcNow;
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));
        File.WriteAllText(_work.Path(path), certificate.ExportCertificatePem());
    }
}
