using AuthMap.Cluster.Kubernetes;

namespace AuthMap.Cluster.Tests.Support;

/// <summary>A workspace beside an API server on loopback.</summary>
public abstract class ApiServerTest : IAsyncLifetime
{
    private protected Workspace Work { get; } = new();

    private protected ApiServerFake Server { get; private set; } = null!;

    private protected KubernetesTarget Target { get; private set; } = null!;

    /// <summary>What the log got.</summary>
    private protected List<string> Log { get; } = [];

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await ApiServerFake.StartAsync(null);
        Prepare();
        Target = Work.Target(options: new KubernetesOptions("1") { Log = Log.Add });
    }

    public async ValueTask DisposeAsync()
    {
        Target.Dispose();
        await Server.DisposeAsync();
        Work.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes the kubeconfig that the target is made from.</summary>
    private protected virtual void Prepare() => Work.Kubeconfig($"{{server: \"http://127.0.0.1:{Server.Port}\"}}");
}
