using System.CommandLine;
using AuthMap.Arns;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Adds or updates one mapping.</summary>
internal sealed record CreateRequest(Manner Manner, ChangeSettings Settings) : Request(Manner)
{
    public string? Arn { get; init; }

    public string? Account { get; init; }

    public string? Username { get; init; }

    public GroupList Groups { get; init; } = [];

    public GroupList RemoveGroups { get; init; } = [];

    public bool MergeGroups { get; init; }

    public DuplicatePolicy OnDuplicate { get; init; }

    public bool KeepPath { get; init; }

    /// <summary>The AWS service to map; null for any other mapping.</summary>
    public ServiceChoice? Service { get; init; }

    /// <summary>Whether a manifest without aws-auth gets one.</summary>
    public bool Init { get; init; }

    public override Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        return ChangeRun.RunAsync(session, Settings, [ToEdit(session.Talk)], Init, cancellationToken);
    }

    private Edit ToEdit(Talk talk)
    {
        if (Service is not null)
        {
            return new UpsertService(Service.Name, Service.Namespace);
        }

        if (Arn is null)
        {
            return new UpsertAccount(Account!);
        }

        var principal = PrincipalArn.Parse(Arn, KeepPath);
        talk.Notices(principal.Notices);
        return new UpsertPrincipal(principal.Kind, principal.Arn, Username, Groups, MergeGroups, RemoveGroups, OnDuplicate);
    }
}

internal sealed class CreateCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly ChangeOptions _change;
    private readonly ArnOption _arn = new("The IAM role or user to map");
    private readonly Option<string> _account = new("--account")
    {
        HelpName = "ID",
        Description = "Map every role and user of this AWS account, under its own ARN",
    };
    private readonly Option<string> _username = new("--username")
    {
        HelpName = "NAME",
        Description = "The Kubernetes user it becomes; without it, an existing mapping keeps its own",
    };
    private readonly Option<string[]> _group = new("--group")
    {
        HelpName = "GROUP",
        Description = "A Kubernetes group it gets; repeatable, or a comma-separated list. Without it: no groups",
    };
    private readonly ServiceOptions _service = new("Map this AWS service, with the Role and RoleBinding that it needs: emr-containers",
        "The namespace in which the service may work");
    private readonly Option<bool> _merge = new("--merge-groups")
    {
        Description = "Add the groups to those of the existing mapping instead of replacing them",
    };
    private readonly Option<string[]> _remove = new("--remove-group")
    {
        HelpName = "GROUP",
        Description = "Take a group away from the existing mapping and keep its others; repeatable, or a comma-separated list",
    };
    private readonly Option<bool> _noDuplicate = new("--no-duplicate-arns")
    {
        Description = "Fail if the ARN is mapped differently",
    };
    private readonly Option<bool> _allowDuplicate = new("--allow-duplicate")
    {
        Description = "Append a second mapping for the ARN, as eksctl does; the last one wins",
    };
    private readonly Option<bool> _keepPath = new("--keep-path")
    {
        Description = "Write a role's path although the authenticator never matches it",
    };
    private readonly ClusterFileOption _file = new(
        "Map what this file lists, in one write: an eksctl ClusterConfig, a list of mappings, a manifest, or a directory of those; - reads standard input");
    private readonly Option<bool> _init = new("--init")
    {
        Description = "With --manifest: add an aws-auth ConfigMap to a file that has none",
    };

    public CreateCommand(CommonOptions common)
        : base(CommandTree.Noun, "Add or update an identity mapping, or those of a file")
    {
        _common = common;
        _change = new(common);
    }

    public override string Synopsis => $"create {CommandTree.Noun} [CLUSTER] (--arn ARN | --account ID | --service-name NAME --namespace NAMESPACE | -f FILE) [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("Map a role to a Kubernetes user",
            $"create {CommandTree.Noun} --cluster eksworkshop --arn arn:aws:iam::111122223333:role/k8sDev --username dev-user"),
        new("Make a role an administrator of the cluster",
            $"create {CommandTree.Noun} --arn arn:aws:iam::111122223333:role/k8sAdmin --username admin --group system:masters"),
        new("See what a change would do to a manifest",
            $"create {CommandTree.Noun} --manifest aws-auth.yaml --dry-run --arn arn:aws:iam::111122223333:user/ann --group view,edit"),
        new("Let Amazon EMR on EKS work in a namespace",
            $"create {CommandTree.Noun} --service-name emr-containers --namespace spark"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
    [
        new("Mapping", [.. _arn.Both, _username, _group, _account, _file]),
        _service.Group,
        new("An existing mapping", [_merge, _remove, _noDuplicate, _allowDuplicate]),
        new("Writing", [_keepPath, _init]),
        _change.Group, _change.Safety, _common.Source, _common.Aws, _common.Network, _common.Talk,
    ];

    public override Request Read(ParseResult parsed)
    {
        if (parsed.GetValue(_file) is { } file)
        {
            return ReadList(parsed, file);
        }

        var arn = _arn.Read(parsed);
        var merge = parsed.GetValue(_merge);
        var (noDuplicate, allowDuplicate) = (parsed.GetValue(_noDuplicate), parsed.GetValue(_allowDuplicate));
        var request = new CreateRequest(_common.ReadManner(parsed), _change.Read(parsed))
        {
            Arn = arn,
            Account = parsed.GetValue(_account),
            Service = _service.Read(parsed),
            Username = parsed.GetValue(_username),
            Groups = ReadGroups(parsed, _group),
            RemoveGroups = ReadGroups(parsed, _remove),
            MergeGroups = merge,
            OnDuplicate = allowDuplicate ? DuplicatePolicy.Append : noDuplicate ? DuplicatePolicy.Refuse : DuplicatePolicy.Update,
            KeepPath = parsed.GetValue(_keepPath),
            Init = parsed.GetValue(_init),
        };

        Usage.Forbid(allowDuplicate && noDuplicate, "--allow-duplicate and --no-duplicate-arns contradict each other");
        if (request.Account is not null)
        {
            CheckAccount(request);
        }
        else if (request.Service is not null)
        {
            CheckService(request);
        }
        else
        {
            CheckPrincipal(request);
        }

        Usage.Forbid(request.Init && request.Settings.Source is not ManifestSource, "--init works with --manifest only",
            "on a cluster a missing aws-auth is created by itself");

        // Taking groups away means that the others stay.
        return request with { MergeGroups = merge || request.RemoveGroups.Count > 0 };
    }

    private CreateListRequest ReadList(ParseResult parsed, string file)
    {
        Option[] others =
        [
            .. _arn.Both, _username, _group, _account, .. _service.Group.Options, _merge, _remove, _noDuplicate, _allowDuplicate,
        ];
        var other = others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        Usage.Forbid(other is not null, $"cannot use {other?.Name} when --config-file/-f is set", "eksctl ignores it then; write it into the file");
        var request = new CreateListRequest(
            _common.ReadManner(parsed),
            _change.Read(parsed, _common.ReadSourceBeside(parsed, file)),
            file,
            parsed.GetValue(_keepPath),
            parsed.GetValue(_init));
        Usage.Forbid(file == "-" && request.Settings.Source is ManifestSource { IsStandardInput: true },
            "standard input cannot be both the list and the manifest");
        return request;
    }

    private static void CheckPrincipal(CreateRequest request)
    {
        Usage.Forbid(request.Arn is null, "nothing says what to map", "name it with --arn ARN, --account ID or --service-name NAME");
        var updates = request.MergeGroups ? "--merge-groups" : request.RemoveGroups.Count > 0 ? "--remove-group" : null;
        Usage.Forbid(updates is not null && request.OnDuplicate == DuplicatePolicy.Refuse,
            $"{updates} changes an existing mapping, which --no-duplicate-arns forbids");
        Usage.Forbid(updates is not null && request.OnDuplicate == DuplicatePolicy.Append,
            $"{updates} changes an existing mapping, and --allow-duplicate adds another one");
        Usage.Forbid(request.MergeGroups && request.Groups.Count == 0, "--merge-groups needs a --group to add");
        var both = request.Groups.Intersect(request.RemoveGroups).FirstOrDefault();
        Usage.Forbid(both is not null, $"--group and --remove-group both name \"{both}\"");
        Usage.Forbid(request is { Username: null, Groups.Count: 0, RemoveGroups.Count: 0 },
            "neither username nor group are set for iam identity", "say who it becomes: --username NAME, --group GROUP or both");
    }

    private static void CheckAccount(CreateRequest request)
    {
        // --no-duplicate-arns is let pass, as by eksctl: an account is never listed twice anyway.
        Usage.Forbid(
            request.OnDuplicate == DuplicatePolicy.Append || request is not
            {
                Arn: null, Service: null, Username: null, Groups.Count: 0, RemoveGroups.Count: 0, MergeGroups: false, KeepPath: false,
            },
            "account cannot be configured with any other options",
            "everybody of an account enters under their own ARN and without groups; map a role or user with --arn");
    }

    private static void CheckService(CreateRequest request)
    {
        // --no-duplicate-arns is let pass here, too: a service's mapping is never listed twice.
        Usage.Forbid(request is not { Arn: null, Username: null, Groups.Count: 0 }, ServiceOptions.NoOthers, ServiceOptions.NoOthersHint);
        var idle = request.OnDuplicate == DuplicatePolicy.Append ? "--allow-duplicate"
            : request.MergeGroups ? "--merge-groups"
            : request.RemoveGroups.Count > 0 ? "--remove-group"
            : request.KeepPath ? "--keep-path"
            : null;
        Usage.Forbid(idle is not null, $"{idle} does nothing with --service-name");
    }

    private static GroupList ReadGroups(ParseResult parsed, Option<string[]> option) =>
        GroupList.From((parsed.GetValue(option) ?? []).SelectMany(text => CommaList.Split(option.Name, text)));
}
