using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Kubernetes.Config;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class KubeconfigTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    private Kubeconfig Read(string text) => KubeconfigReader.Read(_work.Path("config"), text);

    private static string File(string name, string server = "https://one.example", string current = "") => $"""
        current-context: {current}
        clusters: [{"{"}name: {name}, cluster: {"{"}server: "{server}"{"}}"}]
        contexts: [{"{"}name: {name}, context: {"{"}cluster: {name}{"}}"}]
        """;

    [Fact]
    public void Every_field_of_a_user_is_read_as_kubectl_writes_it()
    {
        var user = Read("""
            users:
            - name: u
              user:
                as: me
                as-uid: "7"
                as-groups: [a, "b, c"]
                as-user-extra:
                  reason: [x, y]
                tokenFile: secrets/token
                client-key: /abs/key
                strange: {even: [stranger]}
            """).Users["u"];

        Assert.Equal(("me", "7"), (user.Impersonate!.User, user.Impersonate.Uid));
        Assert.Equal(["a", "b, c"], user.Impersonate.Groups);
        Assert.Equal(["x", "y"], user.Impersonate.Extra.Single().Value);
        Assert.Equal(_work.Path("secrets/token"), user.TokenFile);
        Assert.Equal("/abs/key", user.ClientKey);
    }

    [Fact]
    public void Paths_start_from_the_file_they_stand_in_and_bare_commands_do_not()
    {
        var config = Read("""
            clusters: [{name: c, cluster: {server: x, certificate-authority: ../ca.crt}}]
            users:
            - {name: bare, user: {exec: {apiVersion: v, command: aws}}}
            - {name: path, user: {exec: {apiVersion: v, command: ./bin/aws}}}
            """);

        Assert.Equal(Path.GetFullPath(_work.Path("../ca.crt")), config.Clusters["c"].CertificateAuthority);
        Assert.Equal("aws", config.Users["bare"].Exec!.Command);
        Assert.Equal(_work.Path("bin/aws"), config.Users["path"].Exec!.Command);
    }

    [Fact]
    public void Json_is_a_kubeconfig_too()
    {
        var config = Read("{\n\t\"current-context\": \"a\",\n\t\"clusters\": [{\"name\": \"c\", \"cluster\": "
            + "{\"server\": \"https:\\/\\/x\", \"insecure-skip-tls-verify\": true}}]\n}");

        Assert.Equal(("a", "https://x", true), (config.CurrentContext, config.Clusters["c"].Server, config.Clusters["c"].InsecureSkipTlsVerify));
    }

    [Fact]
    public void Anchors_and_merge_keys_work()
    {
        var clusters = Read("""
            base: &base {server: "https://x", proxy-url: "http://p"}
            clusters:
            - {name: a, cluster: *base}
            - name: b
              cluster: {<<: *base, server: "https://y"}
            """).Clusters;

        Assert.Equal("https://x", clusters["a"].Server);
        Assert.Equal(("https://y", "http://p"), (clusters["b"].Server, clusters["b"].ProxyUrl));
    }

    [Theory]
    [InlineData("a: b: c", ":1:5: ")]
    [InlineData("clusters:\n- name: c\n  cluster: {server: [x]}", ":3:21: server should be a text")]
    [InlineData("clusters:\n- name: c\n  cluster: {insecure-skip-tls-verify: maybe}", ":3:39: insecure-skip-tls-verify should be true or false")]
    [InlineData("clusters:\n- name: c\n  cluster: {certificate-authority-data: '!'}", ":3:41: certificate-authority-data is not base64")]
    [InlineData("users: {}", ":1:8: users should be a list")]
    [InlineData("users: [{name: a}, {name: a}]", ":1:20: users has two entries named \"a\"")]
    [InlineData("users: [{name: a, user: {as-groups: [x]}}]", ":1:25: as-groups, as-uid and as-user-extra need as")]
    [InlineData("users: [{name: u, user: {client-key: \"a\\0b\"}}]", ":1:38: client-key holds a NUL character")]
    [InlineData("just text", ":1:1: this is not a kubeconfig")]
    [InlineData("users: *nowhere", ":1:8: there is no anchor \"nowhere\"")]
    public void What_cannot_be_read_is_told_with_file_line_and_column(string text, string expected)
    {
        var failure = Expect.Failure(FailureKind.Failed, () => Read(text));

        Assert.StartsWith(_work.Path("config") + expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_an_error_and_no_crash() =>
        Assert.Contains("nested too deeply", Expect.Failure(FailureKind.Failed, () => Read(new string('[', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Garbage_is_an_error_of_ours_and_of_no_other_kind()
    {
        const string Alphabet = "{}[]:,&*!|>'\"%@`#-?<\\ \n\t\0~ax0uU9\u0085\ud800é";
        var good = File("a", current: "a") + "\nusers: [{name: u, user: {exec: {apiVersion: v, command: c, args: ['a b']}}}]";
        var random = new Random(20);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new System.Text.StringBuilder(round % 2 == 0 ? good : "");
            for (var edits = random.Next(1, 12); edits > 0; edits--)
            {
                text.Insert(random.Next(text.Length + 1), Alphabet[random.Next(Alphabet.Length)]);
            }

            try
            {
                Read(text.ToString());
            }
            catch (AuthMapException)
            {
            }
        }
    }

    [Fact]
    public void The_first_file_that_names_a_thing_gives_all_of_it()
    {
        var first = _work.Write("first", File("a", "https://first"));
        var second = _work.Write("second", File("a", "https://second", current: "b") + "\nusers: [{name: u, user: {token: t}}]");
        _work.Set("KUBECONFIG", string.Join(Path.PathSeparator, first, _work.Path("missing"), "", second));

        var (config, files) = KubeconfigFiles.Read(null, _work.Host);

        Assert.Equal([first, second], files);
        Assert.Equal("https://first", config.Clusters["a"].Server);
        Assert.Equal("b", config.CurrentContext);
        Assert.Equal("t", config.Users["u"].Token);
    }

    [Fact]
    public void An_explicit_file_beats_the_variable_and_must_exist()
    {
        _work.Set("KUBECONFIG", _work.Write("other", File("other")));
        _work.Write("mine", File("mine"));

        Assert.Equal(["mine"], KubeconfigFiles.Read("mine", _work.Host).Config.Contexts.Keys);
        Assert.Equal(
            $"there is no kubeconfig {_work.Path("nope")}",
            Expect.Failure(FailureKind.Usage, () => KubeconfigFiles.Read("nope", _work.Host)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("home")]
    public void Without_a_home_directory_the_working_directory_is_not_searched(string home)
    {
        _work.Write(".kube/config", File("planted", current: "planted"));
        _work.Write("home/.kube/config", File("planted", current: "planted"));
        var connector = new KubernetesConnector(_work.Host with { HomeDirectory = home }, TimeProvider.System, new KubernetesOptions("0"))
        {
            ServiceAccountDirectory = _work.Path("serviceaccount"),
        };

        var failure = Expect.Failure(FailureKind.Usage, () => connector.Resolve(new KubernetesSource()));

        Assert.Equal("there is no kubeconfig: KUBECONFIG names none, and there is no home directory", failure.Message);
    }

    [Fact]
    public void A_directory_in_place_of_the_file_is_named() =>
        Assert.EndsWith("it is a directory", Expect.Failure(FailureKind.Failed, () => KubeconfigFiles.Read(".", _work.Host)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_current_context_is_taken_and_marked_as_a_default()
    {
        var path = _work.Write("home/.kube/config", File("dev", current: "dev"));

        using var target = _work.Target();
        using var named = _work.Target("dev");

        Assert.Equal(("dev", path, true), (target.Name, target.Origin, target.IsDefault));
        Assert.Equal("dev", target.Store.Target);
        Assert.False(named.IsDefault);
    }

    [Fact]
    public void Context_names_are_compared_exactly_and_the_error_lists_them()
    {
        var path = _work.Write("home/.kube/config", File("dev"));

        var failure = Expect.Failure(FailureKind.Usage, () => _work.Target("Dev"));

        Assert.Equal($"no context \"Dev\" in {path}", failure.Message);
        Assert.Equal("there is dev; choose with --context", failure.Hint);
    }

    [Theory]
    [InlineData("", "", FailureKind.Usage, "has no current-context")]
    [InlineData("gone", "", FailureKind.Failed, "the current-context \"gone\" of")]
    [InlineData("a", "contexts: [{name: a, context: {cluster: x}}]", FailureKind.Failed, "names a cluster that is not there: x")]
    [InlineData("a", "contexts: [{name: a, context: {cluster: c, user: x}}]\nclusters: [{name: c, cluster: {server: s}}]", FailureKind.Failed, "names a user that is not there: x")]
    [InlineData("a", "contexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c}]", FailureKind.Failed, "cluster \"c\" of")]
    [InlineData("a", "contexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: s, insecure-skip-tls-verify: true, certificate-authority: x}}]", FailureKind.Failed, "has a certificate authority and insecure-skip-tls-verify")]
    public void A_context_that_cannot_work_is_explained(string current, string rest, FailureKind kind, string expected)
    {
        _work.Write("home/.kube/config", $"current-context: \"{current}\"\n{rest}");

        Assert.Contains(expected, Expect.Failure(kind, () => _work.Target()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_kubeconfig_the_service_account_of_the_pod_is_used()
    {
        var nothing = Expect.Failure(FailureKind.Usage, () => _work.Target());
        Assert.Equal($"there is no kubeconfig {_work.Path("home/.kube/config")}", nothing.Message);

        _work.Set("KUBERNETES_SERVICE_HOST", "fd00::1").Set("KUBERNETES_SERVICE_PORT", "443");
        var token = _work.Write("serviceaccount/token", "t");
        _work.Write("serviceaccount/ca.crt", "x");

        using var target = _work.Target();
        var choice = ServiceAccount.Find(_work.Host, _work.Path("serviceaccount"))!;

        Assert.Equal(("in-cluster", true), (target.Name, target.IsDefault));
        Assert.Equal(("https://[fd00::1]:443", _work.Path("serviceaccount/ca.crt"), token), (choice.Cluster.Server, choice.Cluster.CertificateAuthority, choice.User.TokenFile));
        Expect.Failure(FailureKind.Usage, () => _work.Target("some"));
    }
}
