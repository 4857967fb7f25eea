using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Aws;
using AuthMap.Lists;

namespace AuthMap.Cli.Commands;

/// <summary>The EKS cluster that a file of mappings may name, as eksctl's do.</summary>
/// <param name="File">The file.</param>
/// <param name="Aws">Who asks AWS for it.</param>
/// <param name="UseCache">Whether what EKS says about it is kept for a while.</param>
/// <param name="Otherwise">The place when the file names none; null when there is none that fits the other options.</param>
internal sealed record FileSource(string File, AwsSettings Aws, bool UseCache, Source? Otherwise) : Source
{
    public override string Options => Otherwise?.Options ?? "";

    /// <summary>The place to work on, now that the files are read.</summary>
    /// <param name="source">The place as the command line has it.</param>
    /// <param name="lists">What the files say.</param>
    /// <param name="file">How the user named them.</param>
    /// <param name="talk">Gets to know when the file's cluster is not used.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: there are two places, or none.</exception>
    public static Source Choose(Source source, IReadOnlyList<MappingList> lists, string file, Talk talk)
    {
        file = file == "-" ? "standard input" : file;
        var named = lists.Where(list => list.Cluster is not null).DistinctBy(list => (list.Cluster, list.Region)).ToList();
        Usage.Forbid(named.Count > 1, $"the files of {file} are for several clusters: {string.Join(", ", named.Select(list => list.Cluster))}");
        switch (source, named)
        {
            case (FileSource open, [var list]):
                return new ClusterSource(list.Cluster!, open.Aws with { Region = list.Region }, open.UseCache);
            case (FileSource { Otherwise: { } otherwise }, []):
                return otherwise;
            case (FileSource, _):
                throw Usage.Error($"{file} names no cluster", "say which: --cluster NAME, --context NAME or --manifest FILE");
            case (ClusterSource, [var list]):
                throw Usage.Error($"{file} is for the cluster {list.Cluster}, and --cluster names one, too", "give one");
            case (_, [var list]):
                talk.Note($"{file} is for the cluster {list.Cluster}; working on{source.Options} as asked");
                return source;
            default:
                return source;
        }
    }
}
