using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class ServerTrustTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _work.Dispose();
        _authority.Dispose();
    }

    private static string Data(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    /// <summary>Reads from a server with this certificate; null when it is trusted, else what is said about it.</summary>
    private async Task<string?> TryAsync(X509Certificate2 certificate, string trust, X509Certificate2[]? intermediates = null)
    {
        await using var server = (await ApiServerFake.StartAsync(certificate, intermediates ?? [])).With();
        _work.Kubeconfig($"{{server: \"https://127.0.0.1:{server.Port}\", {trust}}}");
        using var target = _work.Target();
        try
        {
            Assert.True((await target.Store.ReadAsync(TestContext.Current.CancellationToken)).Exists);
            return null;
        }
        catch (AuthMapException e)
        {
            Assert.Equal(FailureKind.Unreachable, e.Failure.Kind);
            Assert.Empty(server.Requests);
            Assert.StartsWith($"cannot trust ctx at 127.0.0.1:{server.Port}: ", e.Failure.Message, StringComparison.Ordinal);
            return e.Failure.Message[e.Failure.Message.IndexOf(": ", StringComparison.Ordinal)..][2..];
        }
    }

    private string Authority => $"certificate-authority-data: {Data(_authority.Pem)}";

    [Fact]
    public async Task The_authority_of_the_context_is_trusted_from_data_and_from_a_file()
    {
        _work.Write("home/.kube/ca.crt", _authority.Pem);

        Assert.Null(await TryAsync(_authority.Server(["127.0.0.1"]), Authority));
        Assert.Null(await TryAsync(_authority.Server(["127.0.0.1"]), "certificate-authority: ca.crt"));
    }

    [Fact]
    public async Task Any_authority_of_a_bundle_will_do()
    {
        using var other = new TestAuthority("CN=other");

        Assert.Null(await TryAsync(_authority.Server(["127.0.0.1"]), $"certificate-authority-data: {Data(other.Pem + "\n" + _authority.Pem)}"));
    }

    [Fact]
    public async Task Another_authority_is_not_trusted()
    {
        using var other = new TestAuthority("CN=other");

        Assert.Equal(
            "its certificate is signed by CN=other, and not by the cluster's certificate authority",
            await TryAsync(other.Server(["127.0.0.1"]), Authority));
    }

    [Fact]
    public async Task An_authority_of_the_same_name_with_another_key_is_not_trusted()
    {
        using var impostor = new TestAuthority();

        Assert.NotNull(await TryAsync(impostor.Server(["127.0.0.1"]), Authority));
    }

    [Fact]
    public async Task A_self_signed_certificate_is_not_trusted() =>
        Assert.Equal(
            "its certificate is self-signed, and not signed by the cluster's certificate authority",
            await TryAsync(TestAuthority.SelfSigned("127.0.0.1"), Authority));

    [Fact]
    public async Task A_self_signed_certificate_that_the_context_names_is_trusted()
    {
        var pinned = TestAuthority.SelfSigned("127.0.0.1");

        Assert.Null(await TryAsync(pinned, $"certificate-authority-data: {Data(pinned.ExportCertificatePem())}"));
    }

    [Fact]
    public async Task A_certificate_for_other_names_is_not_trusted() =>
        Assert.Equal(
            "its certificate is for kubernetes, 10.0.0.1, not for 127.0.0.1",
            await TryAsync(_authority.Server(["kubernetes", "10.0.0.1"]), Authority));

    [Fact]
    public async Task A_common_name_is_no_host_name() =>
        Assert.Equal("its certificate is for no host name at all, not for 127.0.0.1", await TryAsync(_authority.Server([]), Authority));

    [Fact]
    public async Task An_expired_certificate_is_not_trusted() =>
        Assert.StartsWith(
            "its certificate expired on 20",
            await TryAsync(_authority.Server(["127.0.0.1"], to: TimeSpan.FromDays(-1)), Authority),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_certificate_of_the_future_is_not_trusted() =>
        Assert.StartsWith(
            "its certificate is not valid before 20",
            await TryAsync(_authority.Server(["127.0.0.1"], from: TimeSpan.FromDays(1)), Authority),
            StringComparison.Ordinal);

    [Fact]
    public async Task An_expired_authority_is_not_trusted()
    {
        using var expired = new TestAuthority(expired: true);

        Assert.StartsWith(
            "its certificate authority expired on 20",
            await TryAsync(expired.Server(["127.0.0.1"]), $"certificate-authority-data: {Data(expired.Pem)}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_does_not_pass_for_a_servers()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = _authority.Client("127.0.0.1", key);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync();
        _work.Kubeconfig($"{{server: \"https://{listener.LocalEndpoint}\", {Authority}}}");
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Unreachable, () => target.Store.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Contains("its certificate is not valid: ", failure.Message, StringComparison.Ordinal);
        await serving;

        // Kestrel would refuse to serve with it.
        async Task ServeAsync()
        {
            using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            using var tls = new SslStream(connection.GetStream());
            await tls.AuthenticateAsServerAsync(certificate);
            await Assert.ThrowsAnyAsync<IOException>(async () => await tls.ReadExactlyAsync(new byte[1]));
        }
    }

    [Fact]
    public async Task Intermediates_that_the_server_sends_lead_to_the_authority()
    {
        using var middle = new TestAuthority("CN=middle", _authority);

        Assert.Null(await TryAsync(middle.Server(["127.0.0.1"]), Authority, [middle.Certificate]));
        Assert.NotNull(await TryAsync(middle.Server(["127.0.0.1"]), Authority));
    }

    [Fact]
    public async Task An_intermediate_is_authority_enough_when_the_context_names_it()
    {
        using var middle = new TestAuthority("CN=middle", _authority);
        using var impostor = new TestAuthority("CN=middle", _authority);
        var trust = $"certificate-authority-data: {Data(middle.Pem)}";

        Assert.Null(await TryAsync(middle.Server(["127.0.0.1"]), trust));
        Assert.NotNull(await TryAsync(impostor.Server(["127.0.0.1"]), trust));
        Assert.NotNull(await TryAsync(middle.Server(["127.0.0.1"], to: TimeSpan.FromDays(-1)), trust));
    }

    [Fact]
    public async Task Without_an_authority_the_machine_decides() =>
        Assert.Equal("its certificate is signed by CN=test authority, which this machine does not trust", await TryAsync(_authority.Server(["127.0.0.1"]), ""));

    [Fact]
    public async Task Verification_is_skipped_only_when_the_file_says_so()
    {
        Assert.Null(await TryAsync(TestAuthority.SelfSigned("elsewhere"), "insecure-skip-tls-verify: true"));
        Assert.NotNull(await TryAsync(TestAuthority.SelfSigned("elsewhere"), "insecure-skip-tls-verify: false"));
    }

    [Fact]
    public async Task The_tls_server_name_is_asked_for_and_expected()
    {
        Assert.Null(await TryAsync(_authority.Server(["api.internal"]), $"{Authority}, tls-server-name: api.internal"));
        Assert.Equal(
            "its certificate is for 127.0.0.1, not for api.internal",
            await TryAsync(_authority.Server(["127.0.0.1"]), $"{Authority}, tls-server-name: api.internal"));
    }

    [Theory]
    [InlineData("certificate-authority-data: bm90aGluZw==", "the certificate authority of context \"ctx\" holds no PEM certificate")]
    [InlineData("tls-server-name: 'a b'", "the tls-server-name of context \"ctx\" is not a host name: a b")]
    [InlineData("certificate-authority: nowhere.crt", "cannot read ")]
    public async Task Trust_that_cannot_work_is_explained(string trust, string expected)
    {
        _work.Kubeconfig($"{{server: \"https://127.0.0.1:1\", {trust}}}");
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Failed, () => target.Store.ReadAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }
}
