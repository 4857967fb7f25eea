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

    private readonly Option<string> _manifest = CommonOptions.New("--manifest", "FILE",
        "Work on the manifest FILE, not on a cluster; - reads standard input, and a change writes the resulting manifest to standard output");

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
        Places = new("Source", [_cluster, _manifest, _context, _kubeConfig]);
        Aws = new("AWS", [_region, _profile, _roleArn, _externalId, _roleSessionName, _noCache]);
    }

    public OptionGroup Places { get; }

    public OptionGroup Aws { get; }

    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: they name two places, or help with none.</exception>
    public Source Read(ParseResult parsed)
    {
        var places = Given(parsed, Places);
        Usage.Forbid(places is [_, _, ..] and not ["--context", "--kubeconfig"],
            $"{string.Join(" and ", places.Take(2))} name two places; give one");
        if (parsed.GetValue(_cluster) is { } cluster)
        {
            return ReadCluster(parsed, cluster, isUsual: false);
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

    private ClusterSource ReadCluster(ParseResult parsed, string cluster, bool isUsual)
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
        return new ClusterSource(cluster, aws, !parsed.GetValue(_noCache), isUsual);
    }

    private static List<string> Given(ParseResult parsed, OptionGroup group) =>
        [.. group.Options.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
}
