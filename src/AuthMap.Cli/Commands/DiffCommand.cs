using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.History;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Formats of a comparison.</summary>
internal enum DiffFormat
{
    Text,
    Json,
    Markdown,
}

/// <summary>Shows what applying a file, or going back to a revision, would change. Writes nothing.</summary>
internal sealed record DiffRequest(Manner Manner, Source Source, TimeSpan Timeout, WantedSettings? Wanted, int? Revision, DiffFormat Format)
    : Request(Manner)
{
    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var wanted = Wanted is null ? null : await Wanted.ReadAsync(session, cancellationToken);
        var source = wanted is null ? Source : FileSource.Choose(Source, wanted.Lists, Wanted!.File, session.Talk);
        using var place = session.Connect(source, initialize: false);
        var editor = new AwsAuthEditor(place.Store, session.Clock);
        IReadOnlyList<Edit> edits = wanted switch
        {
            null => [await ToRevisionAsync(editor, place.Store.Target, cancellationToken)],
            _ when Wanted!.Replace => [await wanted.ReplacementAsync(place.Store, session.Clock, Timeout, cancellationToken)],
            _ => wanted.Edits,
        };
        Planner.Check(edits);
        var outcome = await editor.ApplyAsync(edits, new EditorOptions(Timeout, DryRun: true), cancellationToken);
        if (wanted?.Objection is { } objection)
        {
            session.Talk.Warning($"apply refuses this without --force: {objection}");
        }

        var settings = new ChangeSettings(source, Timeout, DryRun: true);
        new PlanReport(session, settings, place.Store.Target).WriteDiff(outcome, Format);
        return outcome.Kind == OutcomeKind.Planned ? ExitCode.Differences : ExitCode.Done;
    }

    private async Task<Edit> ToRevisionAsync(AwsAuthEditor editor, string target, CancellationToken cancellationToken)
    {
        var snapshot = await editor.ReadAsync(Timeout, cancellationToken);
        var now = MapTexts.Of(snapshot.Data);
        return new ReplaceTexts(RevisionLog.Of(snapshot, out _).With(now).Find(Revision!.Value, target).Texts, now);
    }
}

internal sealed class DiffCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly WantedOptions _wanted = new();
    private readonly RevisionOption _revision = new("--revision", "Compare with revision N of the history");
    private static readonly Choices<DiffFormat> _formats = new(
        new("text", DiffFormat.Text, "default"), new("json", DiffFormat.Json), new("markdown", DiffFormat.Markdown, "for a comment on a pull request"));

    private readonly ChoiceOption<DiffFormat> _output = new("--output", "-o", _formats)
    {
        HelpName = "FORMAT",
        Description = $"Print the comparison as {_formats.Explained}",
    };

    public DiffCommand(CommonOptions common)
        : base("diff", "Show what applying a file would change; exit 3 when something would") => _common = common;

    public override string Synopsis => "diff (-f FILE | --revision N) [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("See what a file would change", "diff -f mappings.yaml --prune"),
        new("Comment on a pull request", "authmap diff -f mappings.yaml --output markdown > comment.md", IsWhole: true),
        new("See what going back to a revision would mean", "diff --revision 3"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
        [_wanted.Group, new("Comparison", [_revision, _output]), _common.SourceToRead, _common.Aws, _common.Network, _common.Talk];

    public override string Meant(string word, ParseResult parsed) => StrayWords.IsNumber(word) && !_wanted.IsGiven(parsed)
        ? StrayWords.DidYouMean("--revision", word)
        : _wanted.Meant(word, parsed) ?? base.Meant(word, parsed);

    public override Request Read(ParseResult parsed)
    {
        var (wanted, revision) = (_wanted.Read(parsed), _revision.Read(parsed));
        Usage.Forbid(wanted is null == revision is null,
            wanted is null ? "nothing says what to compare with" : "--filename and --revision name two things; give one",
            "use -f FILE or --revision N");
        var source = revision is null ? _common.ReadSource(parsed, wanted?.File) : HistoryCommand.ReadSource(_common, parsed);
        Usage.Forbid(wanted?.File == "-" && source is ManifestSource { IsStandardInput: true },
            "standard input cannot be both the list and the manifest");
        return new DiffRequest(_common.ReadManner(parsed), source, _common.ReadTimeout(parsed), wanted, revision, _output.Read(parsed) ?? DiffFormat.Text);
    }
}
