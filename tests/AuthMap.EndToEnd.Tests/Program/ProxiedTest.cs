namespace AuthMap.EndToEnd;

/// <summary>A test of the program with a proxy on its way to the server; the program is the editor, by its token.</summary>
public abstract class ProxiedTest(ApiServer server) : ProgramTest(server)
{
    private string kubeconfig = "";

    protected FaultProxy Proxy { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Proxy = await FaultProxy.StartAsync(Server);
        kubeconfig = await Server.WriteKubeconfigAsync(Proxy.Address, Credential.Token, Server.Editor);
    }

    public override async ValueTask DisposeAsync()
    {
        // Missing where there is no server and the test was skipped.
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The methods of what was asked so far.</summary>
    protected string Asked => string.Join(' ', Proxy.Requests.Select(request => request.Method));

    /// <summary>Runs a verb on identity mappings through the proxy.</summary>
    protected Task<ProcessResult> ThroughProxyAsync(string verb, params string[] arguments) =>
        Program.RunAsync(ProxyCommand(verb, arguments));

    /// <summary>The same command line, for a test that starts it in its own way.</summary>
    protected string[] ProxyCommand(string verb, params string[] arguments) =>
        [verb, "iamidentitymapping", "--kubeconfig", kubeconfig, "--context", "editor", .. arguments];
}
