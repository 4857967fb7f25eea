using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cluster.Manifests;

namespace AuthMap.Cli.Commands;

/// <summary>eksctl's option for a file that names the cluster.</summary>
internal sealed class ClusterFileOption : Option<string>
{
    public ClusterFileOption(string description)
        : base("--config-file", "-f")
    {
        HelpName = "FILE";
        Description = description;
    }

    /// <summary>The place to work on; reads the file when there is one, and nothing of it but the cluster is looked at.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: the file cannot be read exactly, or names no cluster.</exception>
    public static async Task<Source> ResolveAsync(Source source, string? file, Session session, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return source;
        }

        var lists = await ListFiles.ReadAsync(file, session.Terminal.In, keepPath: false, cancellationToken);
        Usage.Forbid(lists.All(list => list.Cluster is null), $"{(file == "-" ? "standard input" : file)} names no cluster, and -f is here for nothing else",
            "an eksctl ClusterConfig does; work on a manifest with --manifest FILE");
        return FileSource.Choose(source, lists, file, session.Talk);
    }
}
