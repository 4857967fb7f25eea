using AuthMap.Cluster.Aws;
using AuthMap.Editing;

namespace AuthMap.Cluster.Eks;

/// <summary>An EKS cluster, not yet contacted.</summary>
public sealed class EksTarget : IDisposable
{
    private readonly EksStore _store;
    private readonly AwsSession _session;

    internal EksTarget(EksStore store, AwsSession session) => (_store, _session) = (store, session);

    /// <summary>The cluster's name and region: <c>eksworkshop (eu-west-1)</c>.</summary>
    public string Name => _store.Target;

    /// <summary>Its aws-auth; asks EKS about the cluster and connects when it is first used.</summary>
    public IAwsAuthStore Store => _store;

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        _session.Dispose();
    }
}
