namespace AuthMap.Cluster.Kubernetes.Confirming;

/// <summary>Removes ways back whose time is over; nobody uses them any more, and their tokens have expired with them.</summary>
internal sealed class WayBackSweep(WayBackObjects objects)
{
    /// <summary>Removes what it can; what it may not see or remove is somebody else's to clean up.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var collection in WayBackObjects.Collections)
        {
            foreach (var name in await objects.ExpiredAsync(collection, cancellationToken))
            {
                await objects.DeleteAsync(collection, name, cancellationToken);
            }
        }
    }
}
