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
    /// <summary>A file that names the cluster.</summary>
    public string? File { get; init; }

    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var source = await ClusterFileOption.ResolveAsync(Source, File, session, cancellationToken);
        using var place = session.Connect(source, initialize: false);
        var snapshot = await new AwsAuthEditor(place.Store, session.Clock).ReadAsync(Timeout, cancellationToken);
        if (Format == ListingFormat.Manifest)
        {
            return WriteManifest(session.Terminal, snapshot, place.Store.Target);
        }

        var document = AwsAuthDocument.Parse(snapshot.Data, snapshot.Locate);
        var selection = Selector.Select(document);
        Write(session.Terminal, document, selection);
        foreach (var fault in Places.Faults(snapshot, place.Store.Target, document))
        {
            session.Talk.Warning(fault);
        }

        session.Talk.Notices(selection.Notices.Concat(ModeNotice.OfListing(snapshot, place.Store.Target)));
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

        ManifestDocument.Write(terminal.Out, snapshot.Data);
        terminal.Out.Flush();
        return ExitCode.Done;
    }

    private void Write(Terminal terminal, AwsAuthDocument document, Selection selection)
    {
        // A table of nothing would be a lie beside the error.
        if (selection.Entries.Count == 0 && !Selector.IsEmpty && Format is not (ListingFormat.Json or ListingFormat.Yaml))
        {
            return;
        }

        if (selection.Entries.Count == 0 && Format == ListingFormat.Table)
        {
            // eksctl's words, which scripts look for.
            terminal.Out.WriteLine("No iamidentitymappings found");
            terminal.Out.Flush();
            return;
        }

        Listing.Write(
            terminal.Out,
            Format == ListingFormat.Wide ? WithStatus(document, selection)
                : [.. selection.Entries.Select(located => new ListedEntry(located.Mapping, Status: "", located.Line))],
            Format,
            terminal.OutIsTerminal ? terminal.Width : null);
        terminal.Out.Flush();
    }

    private static List<ListedEntry> WithStatus(AwsAuthDocument document, Selection selection)
    {
        var chosen = selection.Entries.Select(located => (located.Key, located.Entry.Index)).ToHashSet();
        return
        [
            .. EntryStatus.Of(document)
                .Where(status => chosen.Contains((status.Located.Key, status.Located.Entry.Index)))
                .Select(status => new ListedEntry(
                    status.Located.Mapping, status.Reachability.ToString().ToLowerInvariant(), status.Located.Line)),
        ];
    }
}

internal sealed class GetCommand : LeafCommand
{
    private static readonly Choices<ListingFormat> _formats = new(
        new("table", ListingFormat.Table, "default"),
        new("wide", ListingFormat.Wide, "file order, with kind, status and line"),
        new("json", ListingFormat.Json),
        new("yaml", ListingFormat.Yaml),
        new("name", ListingFormat.Name, "ARNs and account ids alone"),
        new("manifest", ListingFormat.Manifest, "the whole map, to keep or to apply"));

    private readonly CommonOptions _common;
    private readonly SelectorOptions _selector = new("Show");
    private readonly ChoiceOption<ListingFormat> _output = new("--output", "-o", _formats)
    {
        HelpName = "FORMAT",
        Description = _formats.Explained,
    };

    private readonly ClusterFileOption _file = new("List the cluster that this eksctl ClusterConfig names; - reads standard input");

    // eksctl's, which never did anything there either.
    private readonly Option<int> _chunkSize = new("--chunk-size") { Hidden = true };

    public GetCommand(CommonOptions common)
        : base(CommandTree.Noun, "List identity mappings") => _common = common;

    public override string Synopsis => $"get {CommandTree.Noun} [CLUSTER] [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("List all mappings of an EKS cluster", $"get {CommandTree.Noun} --cluster eksworkshop --region eu-west-1"),
        new("List those of the current context of the kubeconfig", $"get {CommandTree.Noun}"),
        new("See which entries are in effect, and where they stand", $"get {CommandTree.Noun} --output wide"),
        new("Find the administrators in a manifest",
            $"get {CommandTree.Noun} --manifest aws-auth.yaml --group system:masters --output json"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
    [
        _selector.Group,
        new("Output", [_output, _chunkSize]),
        new("Files", [_file]),
        _common.SourceToRead, _common.Aws, _common.Network, _common.Talk,
    ];

    public override Request Read(ParseResult parsed)
    {
        var selector = _selector.Read(parsed);
        var format = _output.Read(parsed) ?? ListingFormat.Table;
        Usage.Forbid(format == ListingFormat.Manifest && !selector.IsEmpty, "--output manifest prints the whole map; it cannot be narrowed");
        var file = parsed.GetValue(_file);
        return new GetRequest(
            _common.ReadManner(parsed), _common.ReadSourceBeside(parsed, file), _common.ReadTimeout(parsed), selector, format)
        {
            File = file,
        };
    }
}
