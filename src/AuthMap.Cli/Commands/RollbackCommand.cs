using System.CommandLine;
using System.Globalization;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.History;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Restores a revision.</summary>
internal sealed record RollbackRequest(Manner Manner, ChangeSettings Settings, int? To) : Request(Manner)
{
    private const string Deed = "rollback to revision";

    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        using var place = session.Connect(Settings.Source, initialize: false);
        var snapshot = await new AwsAuthEditor(place.Store, session.Clock).ReadAsync(Settings.Timeout, cancellationToken);
        var log = RevisionLog.Of(snapshot, out var damage);
        session.Talk.Notices(new[] { damage }.OfType<Notice>());
        var texts = MapTexts.Of(snapshot.Data);
        var states = log.Revisions.Count > 0 ? log.With(texts) : log;
        if (states.Revisions.Count > log.Revisions.Count)
        {
            session.Talk.Note("the map was changed without history since the last recorded change: outside authmap, or with --no-history");
        }

        var target = Target(session, place, states);
        if (To is null && states.Revisions[^1].Origin?.Summary.StartsWith(Deed, StringComparison.Ordinal) == true)
        {
            session.Talk.Note($"the newest change is itself a rollback, which this undoes{Further(states, states.Revisions[^1], "; further back: ")}");
        }

        var code = await ChangeRun.RunAsync(
            session,
            Settings,
            place,
            [new ReplaceTexts(target.Texts, texts)],
            $"{Deed} {target.Number.ToString(CultureInfo.InvariantCulture)}",
            cancellationToken);
        if (!Settings.DryRun && Further(states, target, "further back: ") is { Length: > 0 } further)
        {
            session.Talk.Note(further);
        }

        return code;
    }

    private Revision Target(Session session, ConnectedPlace place, RevisionLog states)
    {
        try
        {
            return To is { } number ? states.Find(number, place.Store.Target) : states.BeforeTheLast(place.Store.Target);
        }
        catch (AuthMapException exception) when (ChangeRun.BackupsOf(session, place.Store).Newest() is { } file)
        {
            throw new AuthMapException(
                exception.Failure with
                {
                    Details = [.. exception.Failure.Details, $"the newest copy on this machine is {file}; it is put back with:", $"{CommandTree.Program} apply -f {ShellWord.Of(file)} --replace{Settings.Source.Options}"],
                },
                exception);
        }
    }

    // A state that was restored may have been there long before: what came in between was undone with good reason.
    private string Further(RevisionLog states, Revision from, string words)
    {
        var first = states.Revisions.First(revision => revision.Texts.IsSameAs(from.Texts));
        return states.Revisions.LastOrDefault(revision => revision.Number < first.Number) is { } further
            ? $"{words}{CommandTree.Program} rollback --to {further.Number.ToString(CultureInfo.InvariantCulture)}{Settings.Source.Options}"
            : "";
    }
}

internal sealed class RollbackCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly ChangeOptions _change;
    private readonly RevisionOption _to = new(
        "--to", "Restore revision N (default: the one before the newest, which undoes the newest change)");

    public RollbackCommand(CommonOptions common)
        : base("rollback", "Restore an earlier revision of a cluster's map")
    {
        _common = common;
        _change = new(common);
    }

    public override string Synopsis => "rollback [--to N] [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("Undo the newest change, whoever made it", "rollback"),
        new("See first what that would mean", "rollback --dry-run"),
        new("Go back to a revision that history lists", "rollback --to 3"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
        [new("Revision", [_to]), _change.Group, _change.Safety, _common.Clusters, _common.Aws, _common.Network, _common.Talk];

    public override string Meant(string word, ParseResult parsed) =>
        StrayWords.DidYouMean(StrayWords.IsNumber(word) ? "--to" : "--cluster", word);

    public override Request Read(ParseResult parsed)
    {
        HistoryCommand.ReadSource(_common, parsed);
        return new RollbackRequest(_common.ReadManner(parsed), _change.Read(parsed), _to.Read(parsed));
    }
}
