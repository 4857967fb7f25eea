using System.Text;
using AuthMap.Cluster.Kubernetes.Config;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class ProxyTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _work.Dispose();
        _authority.Dispose();
    }

    private async Task ReadAsync(string host, string cluster, string user = "{}")
    {
        await using var server = (await ApiServerFake.StartAsync(_authority.Server(["127.0.0.1", "api.test"]))).With();
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(_authority.Pem));
        _work.Kubeconfig($"{{server: \"https://{host}:{server.Port}\", certificate-authority-data: {data}{cluster}}}", user);
        using var target = _work.Target();
        Assert.True((await target.Store.ReadAsync(TestContext.Current.CancellationToken)).Exists);
    }

    [Theory]
    [InlineData("http", "connect api.test:")]
    [InlineData("socks5", "socks5 api.test:")]
    [InlineData("socks5h", "socks5 api.test:")]
    public async Task The_proxy_of_the_context_is_used(string scheme, string expected)
    {
        using var proxy = new LoopbackProxy();

        await ReadAsync("api.test", $", proxy-url: \"{scheme}://127.0.0.1:{proxy.Port}\"");

        Assert.StartsWith(expected, Assert.Single(proxy.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_may_be_reached_over_tls()
    {
        using var proxy = new LoopbackProxy(_authority.Server(["127.0.0.1"]));

        await ReadAsync("api.test", $", proxy-url: \"https://127.0.0.1:{proxy.Port}\"");

        Assert.StartsWith("connect api.test:", Assert.Single(proxy.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxys_password_stands_in_its_url()
    {
        using var proxy = new LoopbackProxy { Password = "Basic bWU6cEBzcw==" };

        await ReadAsync("api.test", $", proxy-url: \"http://me:p%40ss@127.0.0.1:{proxy.Port}\"");

        Assert.Single(proxy.Asked);
    }

    [Fact]
    public async Task A_proxy_does_not_learn_whom_the_caller_impersonates()
    {
        using var proxy = new LoopbackProxy();

        await ReadAsync("api.test", $", proxy-url: \"http://127.0.0.1:{proxy.Port}\"", "{as: jane}");

        Assert.StartsWith("connect ", Assert.Single(proxy.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named()
    {
        using var proxy = new LoopbackProxy { Password = "never" };
        _work.Kubeconfig($"{{server: \"https://api.test\", proxy-url: \"http://127.0.0.1:{proxy.Port}\"}}");
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Unreachable, () => target.Store.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"the proxy 127.0.0.1:{proxy.Port} does not connect to api.test: it answered 407", failure.Message);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named()
    {
        _work.Kubeconfig("{server: \"https://api.test\", proxy-url: \"http://127.0.0.1:1\"}");
        using var target = _work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Unreachable, () => target.Store.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Equal("cannot reach ctx at api.test through the proxy 127.0.0.1:1: connection refused", failure.Message);
    }

    [Theory]
    [InlineData("https://api.test", "p:1", "", "http://p:1/")]
    [InlineData("https://api.test", "https://p", "", "https://p/")]
    [InlineData("http://api.test", "p:1", "", null)]
    [InlineData("https://127.0.0.1", "p:1", "", null)]
    [InlineData("https://localhost:6443", "p:1", "", null)]
    [InlineData("https://api.test", "p:1", "*", null)]
    [InlineData("https://api.test", "p:1", "other, api.test", null)]
    [InlineData("https://api.test", "p:1", "test", null)]
    [InlineData("https://api.test", "p:1", ".test", null)]
    [InlineData("https://api.test", "p:1", "*.test", null)]
    [InlineData("https://api.test", "p:1", "*.api.test", "http://p:1/")]
    [InlineData("https://api.test", "p:1", "pi.test", "http://p:1/")]
    [InlineData("https://api.test:6443", "p:1", "api.test:6443", null)]
    [InlineData("https://api.test:6443", "p:1", "api.test:443", "http://p:1/")]
    [InlineData("https://10.1.2.3", "p:1", "10.0.0.0/8", null)]
    [InlineData("https://11.1.2.3", "p:1", "10.0.0.0/8", "http://p:1/")]
    [InlineData("https://10.1.2.3", "p:1", "10.1.2.3", null)]
    [InlineData("https://10.1.2.3:6443", "p:1", "10.1.2.3:6443", null)]
    [InlineData("https://[fd00::1]", "p:1", "fd00::/8", null)]
    public void The_environment_chooses_when_the_context_does_not(string server, string proxy, string noProxy, string? expected)
    {
        var context = new ContextChoice("ctx", new KubeCluster { Server = server }, new KubeUser());
        _work.Set("https_proxy", proxy).Set("NO_PROXY", noProxy);

        Assert.Equal(expected, ProxyChoice.For(new Uri(server), context, _work.Host)?.ToString());
    }

    [Fact]
    public void The_context_beats_the_environment_and_its_exceptions()
    {
        var context = new ContextChoice("ctx", new KubeCluster { Server = "https://localhost", ProxyUrl = "http://mine" }, new KubeUser());
        _work.Set("HTTPS_PROXY", "other").Set("NO_PROXY", "*");

        Assert.Equal("http://mine/", ProxyChoice.For(new Uri("https://localhost"), context, _work.Host)!.ToString());
    }

    [Fact]
    public void A_proxy_of_another_kind_is_an_error_that_does_not_show_its_password()
    {
        var context = new ContextChoice("ctx", new KubeCluster { ProxyUrl = "ftp://me:secret@p" }, new KubeUser());

        var failure = Expect.Failure(FailureKind.Failed, () => ProxyChoice.For(new Uri("https://x"), context, _work.Host));

        Assert.Equal("the proxy-url of context \"ctx\" is not the URL of an http, https or socks5 proxy", failure.Message);
    }
}
