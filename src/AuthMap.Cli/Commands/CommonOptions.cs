using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Aws;

namespace AuthMap.Cli.Commands;

/// <summary>The options that every command understands, before or behind its name.</summary>
internal sealed class CommonOptions
{
    private readonly string? _usualCluster;

    private readonly Option<string> _cluster = New("--cluster", "NAME",
        $"Work on the EKS cluster NAME (default: ${ClusterSource.Variable}, else the current context of the kubeconfig)", "-c");

    private readonly Option<string> _manifest = New("--manifest", "FILE",
        "Work on the manifest FILE, not on a cluster; - reads standard input, and a change writes the resulting manifest to standard output");

    private readonly Option<string> _context = New("--context", "NAME",
        "Use this context of the kubeconfig (default: the current one)");

    private readonly Option<string> _kubeConfig = New("--kubeconfig", "FILE",
        "Read this kubeconfig (default: $KUBECONFIG, else ~/.kube/config)");

    private readonly Option<string> _region = New("--region", "REGION",
        "The cluster's AWS region (default: $AWS_REGION, $AWS_DEFAULT_REGION, the profile's)", "-r");

    private readonly Option<string> _profile = New("--profile", "NAME",
        "Use this profile of the AWS config and credentials files (default: $AWS_PROFILE)", "-p");

    private readonly Option<string> _roleArn = New("--role-arn", "ARN", "Assume this IAM role, with the credentials found so far");

    private readonly Option<string> _externalId = New("--external-id", "ID", "With --role-arn: the external id that the role asks for");

    private readonly Option<string> _roleSessionName = New("--role-session-name", "NAME",
        "With --role-arn: what the session is called in AWS's logs");

    private readonly Option<bool> _noCache = new("--no-cache")
    {
        Description = "Ask EKS about the cluster anew, and keep nothing of the answer on disk",
        Recursive = true,
    };

    private readonly Option<string> _timeout = New("--timeout", "DURATION",
        "Time allowed on the network, such as 90s or 1m30s (default: 60s)");

    private readonly Option<string> _verbose = new("--verbose", "-v")
    {
        HelpName = "LEVEL",
        Description = "How much to say, 0 to 5: 2 warnings, 3 what happens (default), 4 requests and causes of errors; -v alone is 4",
        Arity = ArgumentArity.ZeroOrOne,
        Recursive = true,
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Say nothing but warnings and errors",
        Recursive = true,
    };

    private readonly Option<string> _color = New("--color", "WHEN",
        "true (default), false or fabulous: colour on terminals; without this option NO_COLOR is honoured", "-C");

    /// <param name="usualCluster">The EKS cluster to work on when no place is named; null for the current context.</param>
    public CommonOptions(string? usualCluster)
    {
        _usualCluster = usualCluster;
        Source = new("Source", [_cluster, _manifest, _context, _kubeConfig]);
        Aws = new("AWS", [_region, _profile, _roleArn, _externalId, _roleSessionName, _noCache]);
        Network = new("Network", [_timeout]);
        Talk = new("General", [_verbose, _quiet, _color]);
    }

    public OptionGroup Source { get; }

    public OptionGroup Aws { get; }

    public OptionGroup Network { get; }

    public OptionGroup Talk { get; }

    public IEnumerable<Option> All => [.. Source.Options, .. Aws.Options, .. Network.Options, .. Talk.Options];

    public Source ReadSource(ParseResult parsed)
    {
        string[] places =
            [.. new[] { _cluster, _manifest, _context, _kubeConfig }.Where(option => parsed.GetValue(option) is not null).Select(option => option.Name)];
        Usage.Forbid(places is [_, _, ..] && places is not ["--context", "--kubeconfig"],
            $"{string.Join(" and ", places.Take(2))} name two places; give one");
        if (parsed.GetValue(_cluster) is { } cluster)
        {
            return ReadCluster(parsed, cluster, isUsual: false);
        }

        if (places.Length == 0 && _usualCluster is not null)
        {
            return ReadCluster(parsed, _usualCluster, isUsual: true);
        }

        var idle = Aws.Options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        Usage.Forbid(idle is not null && places.Length > 0, $"{idle?.Name} does nothing with {places.FirstOrDefault()}");
        Usage.Forbid(idle is not null, $"{idle?.Name} goes with --cluster", $"name the cluster with --cluster or {ClusterSource.Variable}");
        return parsed.GetValue(_manifest) is { } manifest
            ? new ManifestSource(manifest)
            : new ContextSource(parsed.GetValue(_kubeConfig), parsed.GetValue(_context));
    }

    public TimeSpan ReadTimeout(ParseResult parsed) =>
        parsed.GetValue(_timeout) is { } typed ? GoDuration.Parse("--timeout", typed) : TimeSpan.FromSeconds(60);

    public Manner ReadManner(ParseResult parsed)
    {
        var quiet = parsed.GetValue(_quiet);
        var verbose = parsed.GetResult(_verbose) is { Implicit: false };
        Usage.Forbid(quiet && verbose, "--quiet and --verbose contradict each other");
        var color = parsed.GetValue(_color) switch
        {
            null => ColorMode.Automatic,
            "true" or "fabulous" => ColorMode.On,
            "false" => ColorMode.Off,
            var other => throw Usage.Error($"--color cannot be \"{other}\"", "use true, false or fabulous"),
        };
        return new Manner(quiet ? Manner.Quiet : verbose ? Level(parsed.GetValue(_verbose)) : Manner.Normal, color);
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

    private static int Level(string? typed) => typed switch
    {
        null => Manner.Technical,
        [>= '0' and <= '5' and var digit] => digit - '0',
        _ => throw Usage.Error($"--verbose cannot be \"{typed}\"", "use a level from 0 to 5"),
    };

    private static Option<string> New(string name, string value, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = value, Description = description, Recursive = true };
}
