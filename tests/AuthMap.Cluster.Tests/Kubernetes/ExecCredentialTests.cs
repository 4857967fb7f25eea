using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Kubernetes;

/// <summary>The JSON that exec plugins get and print.</summary>
public sealed class ExecCredentialTests : IDisposable
{
    private const string V1 = "client.authentication.k8s.io/v1";
    private readonly Workspace _work = new();

    public ExecCredentialTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the plugins of these tests are shell scripts");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task It_is_told_all_about_the_cluster()
    {
        _work.Script("home/.kube/plugin", $"printf %s \"$KUBERNETES_EXEC_INFO\" > {_work.Path("info")}\nexit 1");
        _work.Kubeconfig(
            "{server: 'http://127.0.0.1:1/<a>', certificate-authority-data: 'LS0tPz8/Pj4+LS0t', tls-server-name: kubernetes, proxy-url: 'http://127.0.0.1:1', disable-compression: true,"
            + " extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: 'a+b'}}]}",
            "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ./plugin, provideClusterInfo: true}}");
        using var target = _work.Target();

        await Expect.FailureAsync(FailureKind.Unauthorized, () => target.Store.ReadAsync(Stop));

        Assert.Equal(
            """
            {"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential","spec":{"cluster":{"server":"http://127.0.0.1:1/\u003Ca\u003E","tls-server-name":"kubernetes","certificate-authority-data":"LS0tPz8/Pj4+LS0t","proxy-url":"http://127.0.0.1:1","disable-compression":true,"config":{"audience":"a\u002Bb"}},"interactive":false}}
            """,
            await File.ReadAllTextAsync(_work.Path("info"), Stop));
    }

    [Theory]
    [InlineData("", "did not print an ExecCredential in JSON")]
    [InlineData("[]", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": 1}""", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": []}""", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": "t"}""", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": {"token": 1}}""", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": {"token": "\ud800"}}""", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": {"token": "t", "clientKeyData": {}}}""", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": {"token": "t", "expirationTimestamp": "soon"}}""", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": {"token": "t", "expirationTimestamp": 1}}""", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": {"token": "t"}""", "did not print an ExecCredential in JSON")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": {"token": "t"}} more""", "did not print an ExecCredential in JSON")]
    [InlineData("null", "printed a JSON text instead of an ExecCredential")]
    [InlineData("{}", "printed a JSON text instead of an ExecCredential")]
    [InlineData("""{"kind": null}""", "printed a JSON text instead of an ExecCredential")]
    [InlineData("""{"kind": "ExecCredential"}""", "answered in , the kubeconfig asks for client.authentication.k8s.io/v1")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": null}""", "printed neither a token nor a client certificate")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": {"token": null, "clientCertificateData": ""}}""", "printed neither a token nor a client certificate")]
    public async Task What_is_no_credential_is_not_taken_for_one(string output, string expected)
    {
        await using var server = await AnsweringAsync(output);
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Failed, () => target.Store.ReadAsync(Stop));

        Assert.Equal($"the credential plugin \"{_work.Path("home/.kube/plugin")}\" of context \"ctx\" {expected}", failure.Message);
    }

    [Theory]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "status": {"token": "t"}}""")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "spec": {}, "status": {"token": "t", "expirationTimestamp": null, "clientKeyData": null}}""")]
    [InlineData("""{"kind": "ExecCredential", "apiVersion": "V1", "spec": {"interactive": false}, "status": {"token": "t", "expirationTimestamp": "2999-01-01T00:00:00.123456789+02:00"}}""")]
    [InlineData("""{"kind": "Pod", "kind": "ExecCredential", "apiVersion": "V1", "status": {"token": "s", "token": "\u0074"}}""")]
    [InlineData("""{"x": [{"y": null}], "kind": "ExecCredential", "apiVersion": "V1", "status": {"token": "t", "more": 1}}""")]
    public async Task A_credential_may_leave_things_out_and_say_more(string output)
    {
        await using var server = await AnsweringAsync(output);
        using var target = _work.Target();

        await target.Store.ReadAsync(Stop);

        Assert.Equal("Bearer t", Assert.Single(server.Requests).Header("Authorization"));
    }

    /// <summary>A server whose plugin prints a text, where "V1" stands for the version.</summary>
    private async Task<ApiServerFake> AnsweringAsync(string output)
    {
        _work.Script("home/.kube/plugin", $"cat {_work.Write("answer", output.Replace("\"V1\"", $"\"{V1}\"", StringComparison.Ordinal))}");
        var server = (await ApiServerFake.StartAsync(null)).With();
        _work.Kubeconfig($"{{server: \"http://127.0.0.1:{server.Port}\"}}", $"{{exec: {{apiVersion: {V1}, command: ./plugin}}}}");
        return server;
    }
}
