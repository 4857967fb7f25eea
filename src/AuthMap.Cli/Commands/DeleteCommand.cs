using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Removes mappings.</summary>
internal sealed record DeleteRequest(Manner Manner, ChangeSettings Settings, Selector Selector) : Request(Manner)
{
    /// <summary>The AWS service to remove; null when the selector says what.</summary>
    public ServiceChoice? Service { get; init; }

    public bool All { get; init; }

    public bool IgnoreNotFound { get; init; }

    /// <summary>A file that names the cluster.</summary>
    public string? File { get; init; }

    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var source = await ClusterFileOption.ResolveAsync(Settings.Source, File, session, cancellationToken);
        Edit edit = Service is null
            ? new RemoveMappings(Selector, All, IgnoreNotFound)
            : new RemoveService(Service.Name, Service.Namespace, All || IgnoreNotFound);
        return await ChangeRun.RunAsync(session, Settings with { Source = source }, [edit], initialize: false, cancellationToken);
    }
}

internal sealed class DeleteCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly ChangeOptions _change;
    private readonly SelectorOptions _selector = new("Remove");
    private readonly ServiceOptions _service = new("Remove this AWS service from a namespace, with its Role and RoleBinding: emr-containers",
        "The namespace; the mapping goes with the last one");
    private readonly Option<bool> _all = new("--all") { Description = "Remove every match; no match is fine, too" };
    private readonly Option<bool> _ignoreNotFound = new("--ignore-not-found") { Description = "No match is fine" };

    private readonly ClusterFileOption _file = new("Work on the cluster that this eksctl ClusterConfig names; - reads standard input");

    public DeleteCommand(CommonOptions common)
        : base(CommandTree.Noun, "Remove identity mappings")
    {
        _common = common;
        _change = new(common);
    }

    public override string Synopsis =>
        $"delete {CommandTree.Noun} [CLUSTER] (--arn ARN | --account ID | --username NAME | --group GROUP | --service-name NAME --namespace NAMESPACE) [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("Remove the mapping of a role",
            $"delete {CommandTree.Noun} --cluster eksworkshop --arn arn:aws:iam::111122223333:role/k8sDev"),
        new("Remove it only if it maps to this user",
            $"delete {CommandTree.Noun} --arn arn:aws:iam::111122223333:role/k8sDev --username dev-user"),
        new("See who would lose access", $"delete {CommandTree.Noun} --group system:masters --all --dry-run"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
    [
        _selector.Group,
        _service.Group,
        new("Matches", [_all, _ignoreNotFound]),
        new("Files", [_file]),
        _change.Group, _change.Safety, _common.Source, _common.Aws, _common.Network, _common.Talk,
    ];

    public override Request Read(ParseResult parsed)
    {
        var selector = _selector.Read(parsed);
        var service = _service.Read(parsed);
        Usage.Forbid(service is not null && !selector.IsEmpty, ServiceOptions.NoOthers, ServiceOptions.NoOthersHint);
        Usage.Forbid(service is null && selector.IsEmpty, "nothing says which mapping to remove",
            "name it with --arn, --account, --username, --group or --service-name");
        var file = parsed.GetValue(_file);
        return new DeleteRequest(_common.ReadManner(parsed), _change.Read(parsed, _common.ReadSourceBeside(parsed, file)), selector)
        {
            File = file,
            Service = service,
            All = parsed.GetValue(_all),
            IgnoreNotFound = parsed.GetValue(_ignoreNotFound),
        };
    }
}
