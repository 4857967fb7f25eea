using System.Diagnostics;
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
        ContextSource context => Open(context, session),
        _ => throw new UnreachableException(),
    };

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
