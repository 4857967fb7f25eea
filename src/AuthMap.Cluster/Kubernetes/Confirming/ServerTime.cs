using AuthMap.Cluster.Kubernetes.Http;

namespace AuthMap.Cluster.Kubernetes.Confirming;

/// <summary>The time of an API server, as its answers tell it. Ways back are judged by it, for whoever clears up after a killed run may
/// sit before another clock than the one who made them.</summary>
internal sealed class ServerTime(TimeProvider clock)
{
    private TimeSpan _ahead;

    /// <summary>The server's time; the own until it has answered.</summary>
    public DateTimeOffset Now => clock.GetUtcNow() + _ahead;

    /// <summary>Learns from an answer.</summary>
    public void Hear(ApiAnswer answer) => _ahead = answer.Date - clock.GetUtcNow() ?? _ahead;
}
