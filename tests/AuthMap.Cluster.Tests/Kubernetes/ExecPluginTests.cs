using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class ExecPluginTests : IDisposable
{
    private const string V1 = "client.authentication.k8s.io/v1";
    private readonly Workspace _work = new();
    private readonly TestAuthority _authority = new();

    public ExecPluginTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the plugins of these tests are shell scripts");

    public void Dispose()
    {
        _work.Dispose();
        _authority.Dispose();
    }

    private static string Token(string token, string version = V1, string more = "") =>
        $"echo '{{\"apiVersion\":\"{version}\",\"kind\":\"ExecCredential\",\"status\":{{\"token\":\"{token}\"{more}}}}}'";

    private async Task<ApiServerFake> ServerAsync(string exec, string cluster = "")
    {
        var server = (await ApiServerFake.StartAsync(_authority.Server(["127.0.0.1"]))).With();
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(_authority.Pem));
        _work.Kubeconfig($"{{server: \"https://127.0.0.1:{server.Port}\", certificate-authority-data: {data}{cluster}}}", $"{{exec: {exec}}}");
        return server;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(V1)]
    [InlineData("client.authentication.k8s.io/v1beta1")]
    public async Task It_runs_once_with_its_arguments_and_environment_intact(string version)
    {
        _work.Script("home/.kube/plugin", $"""
            echo run >> {_work.Path("runs")}
            for a in "$@"; do echo "[$a]" >> {_work.Path("args")}; done
            echo "$OURS $THEIRS $PWD" > {_work.Path("env")}
            {Token("secret", version)}
            """);
        _work.Set("OURS", "kept").Set("THEIRS", "lost");
        await using var server = await ServerAsync(
            $"{{apiVersion: {version}, command: ./plugin, args: ['a b', '\"q\"', '', '*'], env: [{{name: THEIRS, value: won}}]}}");
        using var target = _work.Target();

        await target.Store.ReadAsync(Stop);
        await target.Store.ReadAsync(Stop);

        Assert.Equal(["Bearer secret", "Bearer secret"], server.Requests.Select(request => request.Header("Authorization")));
        Assert.Equal("run\n", await File.ReadAllTextAsync(_work.Path("runs"), Stop));
        Assert.Equal("[a b]\n[\"q\"]\n[]\n[*]\n", await File.ReadAllTextAsync(_work.Path("args"), Stop));
        Assert.Equal($"kept won {_work.Root}\n", await File.ReadAllTextAsync(_work.Path("env"), Stop));
    }

    [Fact]
    public async Task It_is_told_about_the_cluster_when_it_asks()
    {
        _work.Script("home/.kube/plugin", $"printf %s \"$KUBERNETES_EXEC_INFO\" > {_work.Path("info")}\n{Token("t")}");
        await using var server = await ServerAsync(
            $"{{apiVersion: {V1}, command: ./plugin, provideClusterInfo: true}}",
            ", extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: a, n: 1, on: [true, null, '1']}}]");
        using var target = _work.Target();

        await target.Store.ReadAsync(Stop);
        var info = JsonNode.Parse(await File.ReadAllTextAsync(_work.Path("info"), Stop))!;

        Assert.Equal((V1, "ExecCredential", false), ((string?)info["apiVersion"], (string?)info["kind"], (bool)info["spec"]!["interactive"]!));
        Assert.Equal($"https://127.0.0.1:{server.Port}", (string?)info["spec"]!["cluster"]!["server"]);
        Assert.Equal(_authority.Pem, Encoding.UTF8.GetString(Convert.FromBase64String((string)info["spec"]!["cluster"]!["certificate-authority-data"]!)));
        Assert.Equal("""{"audience":"a","n":1,"on":[true,null,"1"]}""", info["spec"]!["cluster"]!["config"]!.ToJsonString());
    }

    [Fact]
    public async Task It_is_not_told_about_the_cluster_when_it_does_not_ask()
    {
        _work.Script("home/.kube/plugin", $"printf %s \"$KUBERNETES_EXEC_INFO\" > {_work.Path("info")}\n{Token("t")}");
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: ./plugin}}");
        using var target = _work.Target(options: new KubernetesOptions("0") { Interactive = true });

        await target.Store.ReadAsync(Stop);

        Assert.Equal(
            """{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":true}}""",
            await File.ReadAllTextAsync(_work.Path("info"), Stop));
    }

    [Fact]
    public async Task It_is_run_again_after_a_401_but_only_once()
    {
        _work.Script("home/.kube/plugin", $"""
            echo x >> {_work.Path("runs")}
            n=$(wc -l < {_work.Path("runs")} | tr -d ' ')
            printf '{"{"}"apiVersion":"{V1}","kind":"ExecCredential","status":{"{"}"token":"t%s"{"}}"}' "$n"
            """);
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: ./plugin}}");
        server.Instead = (context, request) => request.Header("Authorization") == "Bearer t2"
            ? Task.FromResult(false)
            : ApiServerFake.RefuseAsync(context, 401, "Unauthorized", "Unauthorized");
        using var target = _work.Target();

        Assert.True((await target.Store.ReadAsync(Stop)).Exists);
        server.Instead = (context, _) => ApiServerFake.RefuseAsync(context, 401, "Unauthorized", "Unauthorized");
        var failure = await Expect.FailureAsync(FailureKind.Unauthorized, () => target.Store.ReadAsync(Stop));

        Assert.Equal("ctx does not know you: 401 from its API server", failure.Message);
        Assert.Equal(["t1", "t2", "t2", "t3"], server.Requests.Select(request => request.Header("Authorization")["Bearer ".Length..]));
    }

    [Fact]
    public async Task An_expired_credential_is_made_anew()
    {
        _work.Script("home/.kube/plugin", $"echo x >> {_work.Path("runs")}\n{Token("t", more: ",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"")}");
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: ./plugin}}");
        using var target = _work.Target();

        await target.Store.ReadAsync(Stop);
        await target.Store.ReadAsync(Stop);

        Assert.Equal("x\nx\n", await File.ReadAllTextAsync(_work.Path("runs"), Stop));
    }

    [Fact]
    public async Task A_client_certificate_may_come_from_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = _authority.Client("plugin", key).ExportCertificatePem();
        var answer = new JsonObject
        {
            ["apiVersion"] = V1,
            ["kind"] = "ExecCredential",
            ["status"] = new JsonObject { ["clientCertificateData"] = certificate, ["clientKeyData"] = key.ExportPkcs8PrivateKeyPem() },
        };
        _work.Script("home/.kube/plugin", $"cat {_work.Write("answer", answer.ToJsonString())}");
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: ./plugin}}");
        using var target = _work.Target();

        await target.Store.ReadAsync(Stop);

        Assert.Equal("CN=plugin", server.Requests.Single().Certificate?.Subject);
    }

    [Fact]
    public async Task Much_output_on_both_streams_does_not_block_it()
    {
        var said = new StringBuilder();
        _work.Script("home/.kube/plugin", $"head -c 300000 /dev/zero | tr '\\0' 'e' >&2\nhead -c 300000 /dev/zero | tr '\\0' ' '\n{Token("t")}");
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: ./plugin}}");
        using var target = _work.Target(options: new KubernetesOptions("0") { PluginOutput = text => said.Append(text) });

        await target.Store.ReadAsync(Stop);

        Assert.Equal(300_000, said.Length);
    }

    [Fact]
    public async Task Endless_output_is_not_read_for_ever()
    {
        _work.Script("home/.kube/plugin", "yes");
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: ./plugin}}");
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Failed, () => target.Store.ReadAsync(Stop));

        Assert.EndsWith("printed more than 1 MiB; no ExecCredential is that long", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_complains_about_is_told()
    {
        _work.Script("bin/login", "echo 'the session has expired' >&2\nexit 3");
        _work.Set("PATH", _work.Path("bin"));
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: login, args: [--now]}}");
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Unauthorized, () => target.Store.ReadAsync(Stop));

        Assert.Equal("the credential plugin \"login\" of context \"ctx\" failed with exit code 3", failure.Message);
        Assert.Equal(["the session has expired"], failure.Details);
        Assert.DoesNotContain("--now", failure.Hint + failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_path_is_searched_and_the_install_hint_is_shown()
    {
        _work.Script("tool", Token("t"));
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: tool, installHint: \"get it\\nthere\"}}");
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Failed, () => target.Store.ReadAsync(Stop));

        Assert.Equal("the credential plugin \"tool\" of context \"ctx\" is not on the PATH", failure.Message);
        Assert.Equal(["get it", "there"], failure.Details);
    }

    [Theory]
    [InlineData("echo nonsense", "did not print an ExecCredential in JSON")]
    [InlineData("echo '{\"kind\":\"Pod\"}'", "printed a Pod instead of an ExecCredential")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}'", "answered in client.authentication.k8s.io/v1beta1, the kubeconfig asks for client.authentication.k8s.io/v1")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'", "printed neither a token nor a client certificate")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientCertificateData\":\"x\"}}'", "printed a client certificate without its key")]
    public async Task Nonsense_is_called_so(string script, string expected)
    {
        _work.Script("home/.kube/plugin", script);
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: ./plugin}}");
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Failed, () => target.Store.ReadAsync(Stop));

        Assert.EndsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: client.authentication.k8s.io/v1alpha1", "which kubectl no longer knows")]
    [InlineData("apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always", "has to ask a person, and standard input is no terminal")]
    public async Task What_it_cannot_be_asked_is_told_without_running_it(string exec, string expected)
    {
        await using var server = await ServerAsync($"{{{exec}, command: ./plugin}}");
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Failed, () => target.Store.ReadAsync(Stop));

        Assert.EndsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_it_and_its_children_at_once()
    {
        _work.Script("home/.kube/plugin", $"(sleep 2; echo > {_work.Path("alive")}) &\necho > {_work.Path("started")}\nsleep 60\n{Token("t")}");
        await using var server = await ServerAsync($"{{apiVersion: {V1}, command: ./plugin}}");
        using var target = _work.Target();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var watch = Stopwatch.StartNew();

        var read = target.Store.ReadAsync(cancel.Token);
        while (!File.Exists(_work.Path("started")))
        {
            await Task.Delay(20, Stop);
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
        await Task.Delay(3000, Stop);
        Assert.False(File.Exists(_work.Path("alive")));
    }
}
