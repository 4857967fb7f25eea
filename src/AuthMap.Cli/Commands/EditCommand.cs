using System.CommandLine;
using AuthMap.Cli.Editing;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Manifests;
using AuthMap.Documents;
using AuthMap.Editing;

namespace AuthMap.Cli.Commands;

/// <summary>Lets a person edit the map.</summary>
/// <param name="Manner">How to talk.</param>
/// <param name="Settings">The place of the map, and how it is changed.</param>
/// <param name="From">A file that an earlier edit has kept; null to begin.</param>
internal sealed record EditRequest(Manner Manner, ChangeSettings Settings, string? From) : Request(Manner)
{
    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var editor = EditorProgram.Find(session.Host, session.Terminal);
        using var place = session.Connect(Settings.Source, initialize: false);
        if (From is not null)
        {
            var kept = DraftFile.Open(From, session.Host, place.Store.Target, out var begun);
            return await new EditLoop(session, Settings, place, editor, kept).RunAsync(begun, goesOn: true, cancellationToken);
        }

        var snapshot = await new AwsAuthEditor(place.Store, session.Clock).ReadAsync(Settings.Timeout, cancellationToken);
        await ChangeRun.CheckAsync(session, Settings, place, cancellationToken);
        var file = DraftFile.Create(session.Host);
        return await new EditLoop(session, Settings, place, editor, file).RunAsync(MapTexts.Of(snapshot.Data), goesOn: false, cancellationToken);
    }
}

internal sealed class EditCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly ChangeOptions _change;
    private readonly Option<string> _from = new("--from")
    {
        HelpName = "FILE",
        Description = "Go on with a file that an earlier edit has kept, not with the map as it is",
    };

    public EditCommand(CommonOptions common)
        : base("edit", "Edit the map in your editor; it is checked before it is written")
    {
        _common = common;
        _change = new(common);
    }

    public override string Synopsis => "edit [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("Edit the map of the current cluster", "edit"),
        new("Edit it in another editor, once", $"KUBE_EDITOR='code --wait' {CommandTree.Program} edit --cluster eksworkshop", IsWhole: true),
        new("See what an edit would change", "edit --dry-run"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
        [new("Editing", [_from]), _change.Group, _change.Safety, _common.Source, _common.Aws, _common.Network, _common.Talk];

    public override Request Read(ParseResult parsed)
    {
        var settings = _change.Read(parsed);
        Usage.Forbid(settings.Source is ManifestSource { IsStandardInput: true }, "standard input cannot be edited", "name a file: --manifest FILE");
        return new EditRequest(_common.ReadManner(parsed), settings, parsed.GetValue(_from));
    }
}
