using AuthMap.Cluster.Manifests;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>
/// Lets the user's authmaps on this machine take turns at a cluster that has turned one of them down for another's write. It is no
/// guard, only courtesy: the version that each write asks for is what protects the map, also from writers elsewhere.
/// </summary>
/// <param name="host">Where the user's locks are.</param>
/// <param name="clock">Time.</param>
/// <param name="cluster">What tells the cluster from every other one.</param>
public sealed class WriterTurns(HostEnvironment host, TimeProvider clock, string cluster)
{
    // Whoever has the turn longer than that hangs, or a person thinks.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Waits for the turn.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The turn, until it is disposed of or the process ends; null when there is none to be had.</returns>
    public async Task<IDisposable?> WaitAsync(CancellationToken cancellationToken)
    {
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < _patience;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await FileLock.TryAcquireAsync(host, cluster).ConfigureAwait(false) is { } turn)
            {
                return turn.IsHeld ? turn : null;
            }
        }

        return null;
    }
}
