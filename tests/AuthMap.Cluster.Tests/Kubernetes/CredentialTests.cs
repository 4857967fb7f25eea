using System.Security.Cryptography;
using System.Text;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class CredentialTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _work.Dispose();
        _authority.Dispose();
    }

    private static string Data(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    private async Task<ApiServerFake> ServerAsync(string user)
    {
        var server = (await ApiServerFake.StartAsync(_authority.Server(["127.0.0.1"]))).With();
        _work.Kubeconfig($"{{server: \"https://127.0.0.1:{server.Port}\", certificate-authority-data: {Data(_authority.Pem)}}}", user);
        return server;
    }

    private async Task<SeenRequest> SeenAsync(string user)
    {
        await using var server = await ServerAsync(user);
        using var target = _work.Target();
        await target.Store.ReadAsync(TestContext.Current.CancellationToken);
        return Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_request_says_who_sends_it()
    {
        var seen = await SeenAsync("{}");

        Assert.Equal("authmap/1.2.3", seen.Header("User-Agent"));
        Assert.Equal("application/json", seen.Header("Accept"));
        Assert.Equal("", seen.Header("Authorization"));
    }

    [Theory]
    [InlineData("{token: abc}", "Bearer abc")]
    [InlineData("{username: me, password: 'pä:ss'}", "Basic bWU6cMOkOnNz")]
    [InlineData("{token: abc, tokenFile: missing}", "Bearer abc")]
    public async Task Tokens_and_passwords_go_into_the_header(string user, string expected) =>
        Assert.Equal(expected, (await SeenAsync(user)).Header("Authorization"));

    [Fact]
    public async Task A_token_file_beats_a_token_and_is_read_again_for_each_request()
    {
        _work.Write("home/.kube/token", "first\n");
        await using var server = await ServerAsync("{token: never, tokenFile: token}");
        using var target = _work.Target();

        await target.Store.ReadAsync(TestContext.Current.CancellationToken);
        _work.Write("home/.kube/token", "second\n");
        await target.Store.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Bearer first", "Bearer second"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task A_token_file_that_was_renewed_just_now_is_tried_after_a_401()
    {
        var path = _work.Write("home/.kube/token", "old");
        await using var server = await ServerAsync("{tokenFile: token}");
        server.Instead = async (context, request) =>
        {
            if (request.Header("Authorization") == "Bearer new")
            {
                return false;
            }

            await File.WriteAllTextAsync(path, "new");
            return await ApiServerFake.RefuseAsync(context, 401, "Unauthorized", "Unauthorized");
        };
        using var target = _work.Target();

        Assert.True((await target.Store.ReadAsync(TestContext.Current.CancellationToken)).Exists);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("rsa-pkcs8")]
    [InlineData("rsa-pkcs1")]
    [InlineData("ec-pkcs8")]
    [InlineData("ec-sec1")]
    public async Task Client_certificates_of_each_kind_of_key_are_shown(string kind)
    {
        using AsymmetricAlgorithm key = kind.StartsWith("rsa", StringComparison.Ordinal) ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = (kind, key) switch
        {
            ("rsa-pkcs1", RSA rsa) => rsa.ExportRSAPrivateKeyPem(),
            ("ec-sec1", ECDsa ec) => "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + ec.ExportECPrivateKeyPem(),
            _ => key.ExportPkcs8PrivateKeyPem(),
        };
        var certificate = _authority.Client("me", key).ExportCertificatePem();
        _work.Write("home/.kube/client.crt", certificate);
        _work.Write("home/.kube/client.key", pem);

        Assert.Equal("CN=me", (await SeenAsync("{client-certificate: client.crt, client-key: client.key}")).Certificate?.Subject);
        Assert.Equal("CN=me", (await SeenAsync($"{{client-certificate-data: {Data(certificate)}, client-key-data: {Data(pem)}, client-key: gone}}")).Certificate?.Subject);
    }

    [Fact]
    public async Task Impersonation_sends_a_line_for_each_group()
    {
        var seen = await SeenAsync("{token: t, as: jané, as-uid: '7', as-groups: ['a, b', c], as-user-extra: {'example.org/Reason': [x, y]}}");

        Assert.Equal(["jané"], seen.Headers["Impersonate-User"]);
        Assert.Equal(["7"], seen.Headers["Impersonate-Uid"]);
        Assert.Equal(["a, b", "c"], seen.Headers["Impersonate-Group"]);
        Assert.Equal(["x", "y"], seen.Headers["Impersonate-Extra-example.org%2FReason"]);
        Assert.Equal("Bearer t", seen.Header("Authorization"));
    }

    [Fact]
    public async Task Impersonation_holds_for_each_request_and_for_bodies()
    {
        await using var server = await ServerAsync("{as: jane}");
        using var target = _work.Target();

        var read = await target.Store.ReadAsync(TestContext.Current.CancellationToken);
        await target.Store.WriteAsync(
            read, new(new Dictionary<string, string> { ["mapRoles"] = new('x', 100_000) }, new Dictionary<string, string>()), TestContext.Current.CancellationToken);

        Assert.Equal(["jane", "jane"], server.Requests.Select(request => request.Header("Impersonate-User")));
        Assert.Equal(100_000, ((string)server.Map!["data"]!["mapRoles"]!).Length);
    }

    [Theory]
    [InlineData("{token: a, username: b}", "has a token and a username; only one may be given")]
    [InlineData("{client-certificate: a}", "has a client certificate without its key")]
    [InlineData("{client-key: a}", "has a client key without its certificate")]
    [InlineData("{auth-provider: {name: gcp}}", "has an auth-provider that kubectl no longer knows: gcp")]
    [InlineData("{tokenFile: nowhere}", "cannot read the token file")]
    [InlineData("{client-certificate-data: eA==, client-key-data: eA==}", "the client certificate of context \"ctx\" cannot be used: ")]
    [InlineData("{token: \"a\\nb\"}", "the bearer token holds characters that no token has")]
    [InlineData("{as: \"a\\r\\nX: y\"}", "holds a control character")]
    public async Task Credentials_that_cannot_work_are_explained(string user, string expected)
    {
        await using var server = await ServerAsync(user);
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Failed, () => target.Store.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }
}
