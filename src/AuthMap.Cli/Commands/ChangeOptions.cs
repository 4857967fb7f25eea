using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Commands;

/// <summary>How a change is shown and whether it is carried out, the same for every verb that changes the map.</summary>
/// <param name="Source">Where the map lives.</param>
/// <param name="Timeout">The time allowed on the network.</param>
/// <param name="Format">The format of the plan on stdout; null for none.</param>
/// <param name="DryRun">Show, do not write.</param>
/// <param name="ExitCode">Whether a dry run that finds something to do ends with 3.</param>
/// <param name="Force">Carry out what would be refused as harmful or useless.</param>
internal sealed record ChangeSettings(
    Source Source, TimeSpan Timeout, StructuredFormat? Format = null, bool DryRun = false, bool ExitCode = false, bool Force = false);

/// <summary>The options behind <see cref="ChangeSettings"/>.</summary>
internal sealed class ChangeOptions
{
    private readonly CommonOptions _common;

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "FORMAT",
        Description = "Print the plan on standard output: json or yaml",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would change and write nothing" };

    private readonly Option<bool> _exitCode = new("--exit-code")
    {
        Description = "With --dry-run: exit with 3 when something would change",
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Carry out a change that would be refused as harmful or useless; what spoke against it becomes a warning",
    };

    public ChangeOptions(CommonOptions common)
    {
        _common = common;
        Group = new("Preview and output", [_dryRun, _exitCode, _output]);
        Safety = new("Safety", [_force]);
    }

    public OptionGroup Group { get; }

    public OptionGroup Safety { get; }

    public ChangeSettings Read(ParseResult parsed)
    {
        var settings = new ChangeSettings(
            _common.ReadSource(parsed),
            _common.ReadTimeout(parsed),
            parsed.GetValue(_output) switch
            {
                null => null,
                "json" => StructuredFormat.Json,
                "yaml" => StructuredFormat.Yaml,
                var other => throw Usage.Error($"--output cannot be \"{other}\"", "use json or yaml"),
            },
            parsed.GetValue(_dryRun),
            parsed.GetValue(_exitCode),
            parsed.GetValue(_force));
        Usage.Forbid(settings is { ExitCode: true, DryRun: false }, "--exit-code works with --dry-run only");
        Usage.Forbid(settings is { Source: ManifestSource { IsStandardInput: true }, Format: not null, DryRun: false },
            "standard output cannot hold both the plan and the manifest", "with --manifest -, --output needs --dry-run");
        return settings;
    }
}
