using System.Diagnostics;
using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Eks;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Manifests;

namespace AuthMap.Cli.Commands;

/// <summary>From a source to the store behind it.</summary>
internal static class SourceConnector
{
    public static ConnectedPlace Connect(Source source, Session session, bool initialize) => source switch
    {
        ManifestSource { IsStandardInput: true } => new(new StdinManifestStore(session.Terminal.In, initialize), null),
        ManifestSource file => new(new ManifestStore(file.Path, session.Host, initialize), null),
        ClusterSource cluster => Open(cluster, session),
        ContextSource context => Open(context, session),
        _ => throw new UnreachableException(),
    };

    private static ConnectedPlace Open(ClusterSource source, Session session)
    {
        var options = new EksOptions(VersionRequest.Version)
        {
            Log = session.Talk.Technical,
            AskMfaCode = session.Terminal.InIsTerminal ? device => Ask(session, $"MFA code of {device}: ") : null,
        };
        var connector = new EksConnector(session.Host, session.Clock, options);
        EksTarget? target = null;
        try
        {
            target = connector.Resolve(new(source.Cluster, source.Aws, source.UseCache));
            return new(target.Store, target);
        }
        finally
        {
            // Also when it fails: then it explains why this cluster was wanted at all.
            if (source.IsUsual)
            {
                session.Talk.Say($"using cluster {target?.Name ?? source.Cluster} from {ClusterSource.Variable}");
            }
        }
    }

    private static string? Ask(Session session, string question)
    {
        session.Talk.Relay(Printable.Line(question));
        return session.Terminal.ReadLineAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    private static ConnectedPlace Open(ContextSource source, Session session)
    {
        var options = new KubernetesOptions(VersionRequest.Version)
        {
            Log = session.Talk.Technical,
            PluginOutput = session.Talk.Relay,
            Interactive = session.Terminal.InIsTerminal,
        };
        var connector = new KubernetesConnector(session.Host, session.Clock, options);
        var target = connector.Resolve(new(source.KubeConfig, source.Context));
        if (target.IsDefault)
        {
            session.Talk.Say($"using context {target.Name} from {target.Origin}");
        }

        return new(target.Store, target);
    }
}
