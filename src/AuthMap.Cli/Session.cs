using AuthMap.Cli.Commands;
using AuthMap.Cli.Rendering;
using AuthMap.Editing;

namespace AuthMap.Cli;

/// <summary>Opens the place that a source names; nothing is contacted yet.</summary>
/// <param name="source">The source.</param>
/// <param name="session">Streams and environment to open it with.</param>
/// <param name="initialize">Whether a manifest without aws-auth gets one.</param>
internal delegate IAwsAuthStore Connector(Source source, Session session, bool initialize);

/// <summary>What a request runs in; nothing below it reaches for the process itself.</summary>
internal sealed record Session(
    Terminal Terminal, Talk Talk, IReadOnlyDictionary<string, string> Environment, TimeProvider Clock, Connector Connector)
{
    public IAwsAuthStore Connect(Source source, bool initialize) => Connector(source, this, initialize);
}
