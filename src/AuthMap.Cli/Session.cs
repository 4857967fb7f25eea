using AuthMap.Cli.Commands;
using AuthMap.Cli.Rendering;
using AuthMap.Cluster;
using AuthMap.Editing;

namespace AuthMap.Cli;

/// <summary>A place that was opened, until it is disposed of.</summary>
internal sealed record ConnectedPlace(IAwsAuthStore Store, IDisposable? Connection) : IDisposable
{
    public void Dispose() => Connection?.Dispose();
}

/// <summary>Opens the place that a source names; nothing is contacted yet.</summary>
/// <param name="source">The source.</param>
/// <param name="session">Streams and environment to open it with.</param>
/// <param name="initialize">Whether a manifest without aws-auth gets one.</param>
internal delegate ConnectedPlace Connector(Source source, Session session, bool initialize);

/// <summary>What a request runs in; nothing below it reaches for the process itself.</summary>
internal sealed record Session(Terminal Terminal, Talk Talk, HostEnvironment Host, TimeProvider Clock, Connector Connector)
{
    /// <summary>What ends the program; null where nothing does.</summary>
    public Interruption? Interruption { get; init; }

    public ConnectedPlace Connect(Source source, bool initialize) => Connector(source, this, initialize);
}
