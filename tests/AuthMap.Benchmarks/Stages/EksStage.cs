using AuthMap.Benchmarks.Tools;
using AuthMap.EndToEnd;

namespace AuthMap.Benchmarks.Stages;

/// <summary>A map of a cluster that is known by its name in EKS, and a proxy that counts what the API server is asked.</summary>
internal sealed class EksStage : IAsyncDisposable
{
    private readonly EksCluster cluster;
    private readonly FaultProxy proxy;

    private EksStage(EksCluster cluster, FaultProxy proxy, Stage stage)
    {
        this.cluster = cluster;
        this.proxy = proxy;
        Stage = stage;
    }

    public Stage Stage { get; }

    /// <summary>How often the API server was asked while it was <see cref="Counted"/>.</summary>
    public int ServerRequests => proxy.Requests.Count;

    /// <summary>How often an AWS service was asked.</summary>
    public int AwsRequests => cluster.Eks.Requests.Count + cluster.Sts.Requests.Count;

    /// <summary>Starts the cluster and puts a map there.</summary>
    /// <param name="bench">Whose program and folders are used.</param>
    /// <param name="entries">How large the map is.</param>
    public static async Task<EksStage> StartAsync(Bench bench, int entries)
    {
        var cluster = new EksCluster();
        await cluster.InitializeAsync();
        await cluster.ResetAsync();
        var proxy = await FaultProxy.StartAsync(cluster.Server);
        var stage = new Stage(cluster.Server, bench.Launcher, new Place(Kubeconfig: null, EksCluster.Name, Manifest: null, Environment(bench, cluster)));
        await stage.FillAsync(MapText.Of(entries), bench.Product);
        return new EksStage(cluster, proxy, stage);
    }

    /// <summary>Lets everything go through the proxy, and what is cached be forgotten.</summary>
    /// <returns>The place as somebody finds it who has never been there.</returns>
    public Place Counted(Bench bench)
    {
        cluster.Eks.Put(cluster.State with { Endpoint = proxy.Address });
        return Stage.Place with { Environment = Environment(bench, cluster) };
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await cluster.DisposeAsync();
    }

    private static Dictionary<string, string> Environment(Bench bench, EksCluster cluster) => new(bench.Home())
    {
        ["AWS_ENDPOINT_URL_EKS"] = cluster.Eks.Address.AbsoluteUri,
        ["AWS_ENDPOINT_URL_STS"] = cluster.Sts.Address.AbsoluteUri,
        ["AWS_REGION"] = EksCluster.Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_ACCESS_KEY_ID"] = cluster.Creator.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = cluster.Creator.SecretAccessKey,
    };
}
