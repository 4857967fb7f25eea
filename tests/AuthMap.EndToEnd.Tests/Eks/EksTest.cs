namespace AuthMap.EndToEnd;

/// <summary>One cluster for all: its tests share aws-auth and the services, so they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedEksCluster : ICollectionFixture<EksCluster>
{
    public const string Name = "EKS cluster";
}

/// <summary>A test against the EKS cluster. Each one begins as its creator left it, without aws-auth.</summary>
[Collection(SharedEksCluster.Name)]
public abstract class EksTest(EksCluster cluster) : IAsyncLifetime
{
    protected EksCluster Cluster { get; } = cluster;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Cluster.Server.Require();
        await Cluster.ResetAsync();
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
