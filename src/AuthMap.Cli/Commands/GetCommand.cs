using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Editing;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Lists mappings.</summary>
internal sealed record GetRequest(Manner Manner, Source Source, TimeSpan Timeout, Selector Selector, ListingFormat Format) : Request(Manner)
{
    /// <summary>Whether the ARN was given as <c>--role</c>.</summary>
    public bool OldSpelling { get; init; }

    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        session.Talk.WarnOfOldSpelling(OldSpelling);
        var store = session.Connect(Source, initialize: false);
        var snapshot = await new AwsAuthEditor(store, session.Clock).ReadAsync(Timeout, cancellationToken);
        throw new NotSupportedException();
    }
}

internal sealed class GetCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly SelectorOptions _selector = new("Show");
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "FORMAT",
        Description = "table (default), wide (file order, with kind, status and line), json, yaml, or name (ARNs and account ids alone)",
    };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public GetCommand(CommonOptions common)
        : base(CommandTree.Noun, "List identity mappings")
    {
        _common = common;
        Synopsis = $"get {CommandTree.Noun} [options]";
        Examples =
        [
            new("List all mappings of the current cluster", $"get {CommandTree.Noun}"),
            new("See which entries are in effect, and where they stand", $"get {CommandTree.Noun} --output wide"),
            new("Find the administrators in a manifest", $"get {CommandTree.Noun} --manifest aws-auth.yaml --group system:masters --output json"),
        ];
        Groups =
        [
            _selector.Group,
            new("Output", [_output]),
            common.Source, common.Network, common.Talk,
        ];
    }

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
            var other => throw Usage.Error($"--output cannot be \"{other}\"", "use table, wide, json, yaml or name"),
        };
        return new GetRequest(_common.ReadManner(parsed), _common.ReadSource(parsed), _common.ReadTimeout(parsed), selector, format)
        {
            OldSpelling = oldSpelling,
        };
    }
}
