using System.CommandLine;
using System.Globalization;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.History;
using AuthMap.Manifests;

namespace AuthMap.Cli.Commands;

/// <summary>Lists the states that the map was in, or shows one.</summary>
internal sealed record HistoryRequest(Manner Manner, Source Source, TimeSpan Timeout, int? Show, StructuredFormat? Format)
    : Request(Manner)
{
    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        using var place = session.Connect(Source, initialize: false);
        var snapshot = await new AwsAuthEditor(place.Store, session.Clock).ReadAsync(Timeout, cancellationToken);
        var log = RevisionLog.Of(snapshot, out var damage);
        session.Talk.Notices(new[] { damage }.OfType<Notice>());
        if (log.Revisions.Count == 0 && Show is null && Format is null)
        {
            session.Talk.Note($"{place.Store.Target} has no history yet: it begins with the next change");
            return ExitCode.Done;
        }

        if (log.Revisions.Count > 0)
        {
            log = log.With(MapTexts.Of(snapshot.Data));
        }

        var output = session.Terminal.Out;
        if (Show is { } number)
        {
            ManifestDocument.Write(output, log.Find(number, place.Store.Target).Texts.Data);
        }
        else if (Format is { } format)
        {
            output.Write(StructuredText.Of(json => HistoryJson.Write(json, log.Revisions), format));
        }
        else
        {
            Table.Write(output, ["REVISION", "TIME", "BY", "WITH", "CHANGE"], [.. log.Revisions.Reverse().Select(Cells)],
                session.Terminal.OutIsTerminal ? session.Terminal.Width : null);
        }

        output.Flush();
        return ExitCode.Done;

        string[] Cells(Revision revision) =>
        [
            revision.Number.ToString(CultureInfo.InvariantCulture) + (revision == log.Revisions[^1] ? " *" : ""),
            .. (revision.Origin is { } origin
                ? new[] { RevisionText.Time(origin), origin.Actor, origin.Tool, origin.Summary }
                : ["", "", "", RevisionText.Change(revision)]).Select(Printable.Line),
        ];
    }
}

internal sealed class HistoryCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly RevisionOption _show = new("--show", "Print the map of revision N as a manifest");
    private readonly ChoiceOption<StructuredFormat> _output = new("--output", "-o", StructuredText.Formats)
    {
        HelpName = "FORMAT",
        Description = $"Print the revisions as {StructuredText.Formats.Words}, oldest first",
    };

    public HistoryCommand(CommonOptions common)
        : base("history", "List the revisions of a cluster's map, newest first; * is the map now") => _common = common;

    public override string Synopsis => "history [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("See who changed what", "history"),
        new("Save the map of a revision", "authmap history --show 3 > aws-auth.yaml", IsWhole: true),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
        [new("Output", [_show, _output]), _common.Clusters, _common.Aws, _common.Network, _common.Talk];

    public override string Meant(string word, ParseResult parsed) =>
        StrayWords.DidYouMean(StrayWords.IsNumber(word) ? "--show" : "--cluster", word);

    public override Request Read(ParseResult parsed)
    {
        var (show, output) = (_show.Read(parsed), _output.Read(parsed));
        Usage.Forbid(show is not null && output is not null, "--show prints a manifest; it cannot be combined with --output");
        return new HistoryRequest(
            _common.ReadManner(parsed), ReadSource(_common, parsed), _common.ReadTimeout(parsed), show, output);
    }

    /// <summary>A source that has a history.</summary>
    public static Source ReadSource(CommonOptions common, ParseResult parsed)
    {
        var source = common.ReadSource(parsed);
        Usage.Forbid(source is ManifestSource, "a manifest has no history of its own", "git knows it: git log -p FILE");
        return source;
    }
}
