using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cluster.Aws;

namespace AuthMap.Cli.Commands;

/// <summary>The options that say where the map lives, and how to get there.</summary>
internal sealed class SourceOptions
{
    private readonly string? _usualCluster;

    private readonly Option<string> _cluster = CommonOptions.New("--cluster", "NAME",
        $"Work on the EKS cluster NAME (default: ${ClusterSource.Variable}, else the current context of the kubeconfig)", "-c");

    private readonly FormerOption _name;

    private readonly Option<string> _manifest = CommonOptions.New("--manifest", "FILE",
        "Work on the manifest FILE, not on a cluster; - reads standard input, and a change writes the resulting manifest to standard output");

    // Never parsed: how the help of commands that write nothing shows it.
    private readonly Option<string> _manifestRead = CommonOptions.New("--manifest", "FILE",
        "Read the manifest FILE, not a cluster; - reads standard input");

    private readonly Option<string> _context = CommonOptions.New("--context", "NAME",
        "Use this context of the kubeconfig (default: the current one)");

    private readonly Option<string> _kubeConfig = CommonOptions.New("--kubeconfig", "FILE",
        "Read this kubeconfig (default: $KUBECONFIG, else ~/.kube/config)");

    private readonly Option<string> _region = CommonOptions.New("--region", "REGION",
        "The cluster's AWS region (default: $AWS_REGION, $AWS_DEFAULT_REGION, the profile's)", "-r");

    private readonly Option<string> _profile = CommonOptions.New("--profile", "NAME",
        "Use this profile of the AWS config and credentials files (default: $AWS_PROFILE)", "-p");

    private readonly Option<string> _roleArn = CommonOptions.New("--role-arn", "ARN", "Assume this IAM role, with the credentials found so far");

    private readonly Option<string> _externalId = CommonOptions.New("--external-id", "ID", "With --role-arn: the external id that the role asks for");

    private readonly Option<string> _roleSessionName = CommonOptions.New("--role-session-name", "NAME",
        "With --role-arn: what the session is called in AWS's logs");

    private readonly Option<bool> _noCache = new("--no-cache")
    {
        Description = "Ask EKS about the cluster anew, and keep nothing of the answer on disk",
        Recursive = true,
    };

    /// <param name="usualCluster">The EKS cluster to work on when no place is named; null for the current context.</param>
    public SourceOptions(string? usualCluster)
    {
        _usualCluster = usualCluster;
        _name = new("--name", "-n", _cluster);
        Places = new("Source", [_cluster, _name, _manifest, _context, _kubeConfig]);
        PlacesToRead = new("Source", [_cluster, _name, _manifestRead, _context, _kubeConfig]);
        Clusters = new("Source", [_cluster, _name, _context, _kubeConfig]);
        Aws = new("AWS", [_region, _profile, _roleArn, _externalId, _roleSessionName, _noCache]);
    }

    public OptionGroup Places { get; }

    /// <summary>As <see cref="Places"/>, in the help of commands that write nothing.</summary>
    public OptionGroup PlacesToRead { get; }

    /// <summary>As <see cref="Places"/>, in the help of commands that are for clusters alone.</summary>
    public OptionGroup Clusters { get; }

    public OptionGroup Aws { get; }

    /// <summary>The cluster's name without an option before it, as eksctl takes it.</summary>
    public Argument<string[]> Name { get; } = new("NAME") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };

    /// <param name="parsed">The arguments.</param>
    /// <param name="file">A file of mappings, which may name the cluster; null for none.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: they name two places, or help with none.</exception>
    public Source Read(ParseResult parsed, string? file = null)
    {
        var cluster = ReadName(parsed);
        var places = Given(parsed, Places);
        Usage.Forbid(places is [_, _, ..] and not ["--context", "--kubeconfig"],
            $"{string.Join(" and ", places.Take(2))} name two places; give one");
        Usage.Forbid(places.Count > 0 && cluster is not null && Given(parsed, Places) is not ["--cluster" or "--name"],
            $"{places.FirstOrDefault()} and the argument {cluster} name two places; give one");
        if (cluster is not null)
        {
            return ReadCluster(parsed, cluster, isUsual: false);
        }

        if (places.Count == 0 && file is not null)
        {
            var (aws, useCache) = ReadAws(parsed);
            return new FileSource(file, aws, useCache, _usualCluster is not null ? ReadCluster(parsed, _usualCluster, isUsual: true)
                : Given(parsed, Aws).Count == 0 ? new ContextSource(null, null)
                : null);
        }

        if (places.Count == 0 && _usualCluster is not null)
        {
            return ReadCluster(parsed, _usualCluster, isUsual: true);
        }

        if (Given(parsed, Aws) is [var idle, ..])
        {
            throw places is [var place, ..]
                ? Usage.Error($"{idle} does nothing with {place}")
                : Usage.Error($"{idle} goes with --cluster", $"name the cluster with --cluster or {ClusterSource.Variable}");
        }

        return parsed.GetValue(_manifest) is { } manifest
            ? new ManifestSource(manifest)
            : new ContextSource(parsed.GetValue(_kubeConfig), parsed.GetValue(_context));
    }

    /// <summary>As <see cref="Read"/>, for a file whose cluster the options may not name again.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: they do.</exception>
    public Source ReadBeside(ParseResult parsed, string file)
    {
        var given = Given(parsed, Places).Concat(Given(parsed, Aws)).FirstOrDefault(option => option is "--cluster" or "--name" or "--region")
            ?? (parsed.GetValue(Name) is [var name, ..] ? $"the argument {name}" : null);
        Usage.Forbid(given is not null, $"cannot use {given} when --config-file/-f is set", "the file names the cluster and its region");
        return Read(parsed, file);
    }

    private string? ReadName(ParseResult parsed)
    {
        var option = _name.Read(parsed);
        var names = parsed.GetValue(Name) ?? [];
        if (names.FirstOrDefault(StrayWords.IsFile) is { } file)
        {
            throw Usage.Error($"\"{file}\" is no name of an EKS cluster", StrayWords.DidYouMean("--manifest", file));
        }

        Usage.Forbid(names.Length > 1, "only one argument is allowed to be used as a name");
        Usage.Forbid(option is not null && names.Length > 0, $"--cluster={option} and argument {names.FirstOrDefault()} cannot be used at the same time");
        return option ?? names.FirstOrDefault();
    }

    private (AwsSettings Aws, bool UseCache) ReadAws(ParseResult parsed)
    {
        var aws = new AwsSettings
        {
            Region = parsed.GetValue(_region),
            Profile = parsed.GetValue(_profile),
            RoleArn = parsed.GetValue(_roleArn),
            ExternalId = parsed.GetValue(_externalId),
            RoleSessionName = parsed.GetValue(_roleSessionName),
        };
        Usage.Forbid(aws is { RoleArn: null, ExternalId: not null }, "--external-id works with --role-arn only");
        Usage.Forbid(aws is { RoleArn: null, RoleSessionName: not null }, "--role-session-name works with --role-arn only");
        return (aws, !parsed.GetValue(_noCache));
    }

    private ClusterSource ReadCluster(ParseResult parsed, string cluster, bool isUsual)
    {
        var (aws, useCache) = ReadAws(parsed);
        return new ClusterSource(cluster, aws, useCache, isUsual);
    }

    private static List<string> Given(ParseResult parsed, OptionGroup group) =>
        [.. group.Options.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
}
