using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Removes mappings.</summary>
internal sealed record DeleteRequest(Manner Manner, ChangeSettings Settings, Selector Selector) : Request(Manner)
{
    /// <summary>Whether the ARN was given as <c>--role</c>.</summary>
    public bool OldSpelling { get; init; }

    public bool All { get; init; }

    public bool IgnoreNotFound { get; init; }

    public override Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        session.Talk.WarnOfOldSpelling(OldSpelling);
        return ChangeRun.RunAsync(
            session, Settings, [new RemoveMappings(Selector, All, IgnoreNotFound)], initialize: false, cancellationToken);
    }
}

internal sealed class DeleteCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly ChangeOptions _change;
    private readonly SelectorOptions _selector = new("Remove");
    private readonly Option<bool> _all = new("--all") { Description = "Remove every match; no match is fine, too" };
    private readonly Option<bool> _ignoreNotFound = new("--ignore-not-found") { Description = "No match is fine" };

    public DeleteCommand(CommonOptions common)
        : base(CommandTree.Noun, "Remove identity mappings")
    {
        _common = common;
        _change = new(common);
    }

    public override string Synopsis =>
        $"delete {CommandTree.Noun} (--arn ARN | --account ID | --username NAME | --group GROUP) [options]";

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
        new("Matches", [_all, _ignoreNotFound]),
        _change.Group, _change.Safety, _common.Source, _common.Aws, _common.Network, _common.Talk,
    ];

    public override Request Read(ParseResult parsed)
    {
        var (selector, oldSpelling) = _selector.Read(parsed);
        Usage.Forbid(selector.IsEmpty, "nothing says which mapping to remove",
            "name it with --arn, --account, --username or --group");
        return new DeleteRequest(_common.ReadManner(parsed), _change.Read(parsed), selector)
        {
            OldSpelling = oldSpelling,
            All = parsed.GetValue(_all),
            IgnoreNotFound = parsed.GetValue(_ignoreNotFound),
        };
    }
}
