using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.Manifests;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Lists mappings.</summary>
internal sealed record GetRequest(Manner Manner, Source Source, TimeSpan Timeout, Selector Selector, ListingFormat Format)
    : Request(Manner)
{
    /// <summary>Whether the ARN was given as <c>--role</c>.</summary>
    public bool OldSpelling { get; init; }

    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        session.Talk.WarnOfOldSpelling(OldSpelling);
        using var place = session.Connect(Source, initialize: false);
        var snapshot = await new AwsAuthEditor(place.Store, session.Clock).ReadAsync(Timeout, cancellationToken);
        if (Format == ListingFormat.Manifest)
        {
            return WriteManifest(session.Terminal, snapshot, place.Store.Target);
        }

        var document = AwsAuthDocument.Parse(snapshot.Data, snapshot.Locate);
        var selection = Selector.Select(document);
        Write(session.Terminal, snapshot, document, selection);
        foreach (var fault in Places.Faults(snapshot, place.Store.Target, document))
        {
            session.Talk.Warning(fault);
        }

        session.Talk.Notices(selection.Notices);
        if (selection.Entries.Count == 0 && !Selector.IsEmpty)
        {
            throw new AuthMapException(FailureKind.NotFound, $"{place.Store.Target}: no mapping matches {Selector}",
                "without selection options all mappings are listed");
        }

        if (!snapshot.Exists)
        {
            session.Talk.Note($"{place.Store.Target} has no aws-auth ConfigMap");
        }

        return ExitCode.Done;
    }

    private static ExitCode WriteManifest(Terminal terminal, Snapshot snapshot, string target)
    {
        if (!snapshot.Exists)
        {
            throw new AuthMapException(FailureKind.NotFound, $"{target} has no aws-auth ConfigMap");
        }

        terminal.Out.Write(ManifestDocument.Of(snapshot.Data));
        terminal.Out.Flush();
        return ExitCode.Done;
    }

    private void Write(Terminal terminal, Snapshot snapshot, AwsAuthDocument document, Selection selection)
    {
        // A table of nothing would be a lie beside the error.
        if (selection.Entries.Count == 0 && !Selector.IsEmpty && Format is not (ListingFormat.Json or ListingFormat.Yaml))
        {
            return;
        }

        var chosen = selection.Entries.Select(entry => (entry.Key, entry.Entry.Index)).ToHashSet();
        Listing.Write(
            terminal.Out,
            [
                .. EntryStatus.Of(document)
                    .Where(status => chosen.Contains((status.Located.Key, status.Located.Entry.Index)))
                    .Select(status => new ListedEntry(
                        status.Located.Mapping,
                        status.Reachability.ToString().ToLowerInvariant(),
                        Places.Line(snapshot, status.Located.Key, status.Located.Entry.Position))),
            ],
            Format,
            terminal.OutIsTerminal ? terminal.Width : null);
        terminal.Out.Flush();
    }
}

internal sealed class GetCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly SelectorOptions _selector = new("Show");
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "FORMAT",
        Description = "table (default), wide (file order, with kind, status and line), json, yaml, name (ARNs and account ids alone), or manifest (the whole map, to keep or to apply)",
    };

    public GetCommand(CommonOptions common)
        : base(CommandTree.Noun, "List identity mappings") => _common = common;

    public override string Synopsis => $"get {CommandTree.Noun} [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("List all mappings of the current cluster", $"get {CommandTree.Noun}"),
        new("See which entries are in effect, and where they stand", $"get {CommandTree.Noun} --output wide"),
        new("Find the administrators in a manifest",
            $"get {CommandTree.Noun} --manifest aws-auth.yaml --group system:masters --output json"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
    [
        _selector.Group,
        new("Output", [_output]),
        _common.Source, _common.Network, _common.Talk,
    ];

    public override Request Read(ParseResult parsed)
    {
        var (selector, oldSpelling) = _selector.Read(parsed);
        var format = parsed.GetValue(_output) switch
        {
            null or "table" => ListingFormat.Table,
            "wide" => ListingFormat.Wide,
            "json" => ListingFormat.Json,
            "yaml" => ListingFormat.Yaml,
            "name" => ListingFormat.Name,
            "manifest" => ListingFormat.Manifest,
            var other => throw Usage.Error($"--output cannot be \"{other}\"", "use table, wide, json, yaml, name or manifest"),
        };
        Usage.Forbid(format == ListingFormat.Manifest && !selector.IsEmpty, "--output manifest prints the whole map; it cannot be narrowed");
        return new GetRequest(_common.ReadManner(parsed), _common.ReadSource(parsed), _common.ReadTimeout(parsed), selector, format)
        {
            OldSpelling = oldSpelling,
        };
    }
}
