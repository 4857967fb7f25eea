using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Linting;

namespace AuthMap.Cli.Commands;

/// <summary>Looks for mistakes, and mends them.</summary>
internal sealed class LintCommand : LeafCommand
{
    private static readonly Choices<FailOn> _severities = new(
        new("error", FailOn.Error, "default"), new("warning", FailOn.Warning), new("never", FailOn.Never));

    private static readonly Choices<LintFormat> _formats = new(
        new("table", LintFormat.Table, "default"),
        new("json", LintFormat.Json),
        new("sarif", LintFormat.Sarif),
        new("github", LintFormat.GitHub, "annotations of a workflow"));

    private readonly CommonOptions _common;
    private readonly ChangeOptions _change;
    private readonly Option<string[]> _allowMasters = new("--allow-masters")
    {
        HelpName = "ARN",
        Description = "Let this principal be in system:masters; repeatable, or a comma-separated list",
    };
    private readonly ChoiceOption<FailOn> _failOn = new("--fail-on", null, _severities)
    {
        HelpName = "SEVERITY",
        Description = "Exit with 3 when there is an error (default), a warning, or never",
    };
    private readonly ChoiceOption<LintFormat> _output = new("--output", "-o", _formats)
    {
        HelpName = "FORMAT",
        Description = $"{_formats.Explained}; with --fix, json prints the plan",
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
        _change.Safety, _common.Source, _common.Aws, _common.Network, _common.Talk,
    ];

    // The format is an option of findings here.
    private IEnumerable<Option> OfChanges => _change.Group.Options.Where(option => option.Name != _output.Name);

    private IEnumerable<Option> OnlyOfChanges => OfChanges.Concat(_change.Safety.Options);

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

        var failOn = _failOn.Read(parsed) ?? FailOn.Error;
        var format = _output.Read(parsed) ?? LintFormat.Table;
        return parsed.GetValue(_fix) || parsed.GetValue(_fixAccess)
            ? ReadMending(parsed, settings, failOn)
            : ReadLooking(parsed, settings, failOn, format);
    }

    private LintRequest ReadLooking(ParseResult parsed, LintSettings settings, FailOn failOn, LintFormat format)
    {
        if (OnlyOfChanges.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
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
