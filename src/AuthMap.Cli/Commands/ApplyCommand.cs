using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Makes the map say what a file lists.</summary>
internal sealed record ApplyRequest(Manner Manner, ChangeSettings Settings, WantedSettings Wanted) : Request(Manner)
{
    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var wanted = await Wanted.ReadAsync(session, cancellationToken);
        if (wanted.Objection is { } objection && !Settings.Force)
        {
            throw new AuthMapException(FailureKind.Refused, objection, "--force does it all the same");
        }

        var settings = Settings with { Source = FileSource.Choose(Settings.Source, wanted.Lists, Wanted.File, session.Talk) };
        using var place = session.Connect(settings.Source, initialize: false);
        IReadOnlyList<Edit> edits = Wanted.Replace
            ? [await wanted.ReplacementAsync(place.Store, session.Clock, Settings.Timeout, cancellationToken)]
            : wanted.Edits;
        Planner.Check(edits);
        return await ChangeRun.RunAsync(session, settings, place, edits, Wanted.Replace ? "apply --replace" : null, cancellationToken);
    }
}

internal sealed class ApplyCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly ChangeOptions _change;
    private readonly WantedOptions _wanted = new();

    public ApplyCommand(CommonOptions common)
        : base("apply", "Add and update the mappings that a file lists, in one write")
    {
        _common = common;
        _change = new(common);
    }

    public override string Synopsis => "apply -f FILE [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("Bring a cluster up to date with a file", "apply -f mappings.yaml"),
        new("Remove what the file does not list, except for nodes and one role",
            "apply -f mappings.yaml --prune --keep arn:aws:iam::111122223333:role/breakGlass"),
        new("Put back a map that was saved with get --output manifest", "apply -f aws-auth.yaml --replace"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
        [_wanted.Group, _change.Group, _change.Safety, _common.Source, _common.Aws, _common.Network, _common.Talk];

    public override string Meant(string word, ParseResult parsed) => _wanted.Meant(word, parsed) ?? base.Meant(word, parsed);

    public override Request Read(ParseResult parsed)
    {
        var wanted = _wanted.Read(parsed) ?? throw Usage.Error("nothing says what to apply", "name a file with -f FILE");
        var settings = _change.Read(parsed, _common.ReadSource(parsed, wanted.File));
        Usage.Forbid(wanted.File == "-" && settings.Source is ManifestSource { IsStandardInput: true },
            "standard input cannot be both the list and the manifest");
        return new ApplyRequest(_common.ReadManner(parsed), settings, wanted);
    }
}
