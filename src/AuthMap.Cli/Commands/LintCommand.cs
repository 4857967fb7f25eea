using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Linting;

namespace AuthMap.Cli.Commands;

/// <summary>Looks for mistakes, and mends them.</summary>
internal sealed class LintCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly ChangeOptions _change;
    private readonly Option<string[]> _allowMasters = new("--allow-masters")
    {
        HelpName = "ARN",
        Description = "Let this principal be in system:masters; repeatable, or a comma-separated list",
    };
    private readonly Option<string> _failOn = new("--fail-on")
    {
        HelpName = "SEVERITY",
        Description = "Exit with 3 when there is an error (default), a warning, or never",
    };
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "FORMAT",
        Description = "table (default), json, sarif, or github (annotations of a workflow); with --fix, json prints the plan",
    };
    private readonly Option<bool> _fix = new("--fix") { Description = "Mend what changes nobody's outcome, which is proven first" };
    private readonly Option<bool> _fixAccess = new("--fix-access")
    {
        Description = "Mend also what lets somebody in, or gives somebody a name or groups",
    };

    public LintCommand(CommonOptions common)
        : base("lint", "Look for mistakes in the map, and mend them")
    {
        _common = common;
        _change = new(common);
    }

    public override string Synopsis => "lint [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("Check the map of the current cluster", "lint"),
        new("Check all manifests of a repository in a workflow", "lint --manifest . --output github --fail-on warning"),
        new("See what would be mended without a change for anybody", "lint --fix --dry-run --manifest aws-auth.yaml"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
    [
        new("Findings", [_allowMasters, _failOn, _output]),
        new("Mending (a change like any other)", [_fix, _fixAccess, .. OfChanges]),
        _common.Source, _common.Network, _common.Talk,
    ];

    // The format is an option of findings here.
    private IEnumerable<Option> OfChanges => _change.Group.Options.Where(option => option.Name != _output.Name);

    public override Request Read(ParseResult parsed)
    {
        var settings = new LintSettings
        {
            AllowedMasters = [.. (parsed.GetValue(_allowMasters) ?? []).SelectMany(text => CommaList.Split(_allowMasters.Name, text))],
        };
        foreach (var arn in settings.AllowedMasters)
        {
            Usage.Forbid(!Arns.Arn.TryParse(arn, out _, out var reason), $"{_allowMasters.Name}: {arn} {reason}");
        }

        var failOn = parsed.GetValue(_failOn) switch
        {
            null or "error" => FailOn.Error,
            "warning" => FailOn.Warning,
            "never" => FailOn.Never,
            var other => throw Usage.Error($"--fail-on cannot be \"{other}\"", "use error, warning or never"),
        };
        var format = parsed.GetValue(_output) switch
        {
            null or "table" => LintFormat.Table,
            "json" => LintFormat.Json,
            "sarif" => LintFormat.Sarif,
            "github" => LintFormat.GitHub,
            var other => throw Usage.Error($"--output cannot be \"{other}\"", "use table, json, sarif or github"),
        };
        return parsed.GetValue(_fix) || parsed.GetValue(_fixAccess)
            ? ReadMending(parsed, settings, failOn)
            : ReadLooking(parsed, settings, failOn, format);
    }

    private LintRequest ReadLooking(ParseResult parsed, LintSettings settings, FailOn failOn, LintFormat format)
    {
        if (OfChanges.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw Usage.Error($"{option.Name} works with --fix or --fix-access only");
        }

        return new(_common.ReadManner(parsed), _common.ReadSource(parsed), _common.ReadTimeout(parsed), settings, format, failOn);
    }

    private MendRequest ReadMending(ParseResult parsed, LintSettings settings, FailOn failOn)
    {
        var output = parsed.GetValue(_output);
        Usage.Forbid(output is not (null or "json"), $"with --fix, --output cannot be \"{output}\"", "mend first, then look at what is left");
        var change = _change.Read(parsed) with { Format = output is null ? null : StructuredFormat.Json };
        Usage.Forbid(change is { Source: ManifestSource { IsStandardInput: true }, Format: not null, DryRun: false },
            "standard output cannot hold both the plan and the manifest", "with --manifest -, --output needs --dry-run");
        return new(_common.ReadManner(parsed), change, new(parsed.GetValue(_fixAccess), settings), failOn);
    }
}
