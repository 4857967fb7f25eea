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
/// <param name="History">Keep the change in the object's history.</param>
/// <param name="Backup">Keep a copy of a cluster's map on this machine before it is written.</param>
/// <param name="Yes">Ask nobody.</param>
/// <param name="ConfirmWithin">The time after which the change is undone unless it was confirmed; null to leave it.</param>
internal sealed record ChangeSettings(
    Source Source, TimeSpan Timeout, StructuredFormat? Format = null, bool DryRun = false, bool ExitCode = false, bool Force = false,
    bool History = true, bool Backup = true, bool Yes = false, TimeSpan? ConfirmWithin = null);

/// <summary>The options behind <see cref="ChangeSettings"/>.</summary>
internal sealed class ChangeOptions
{
    private readonly CommonOptions _common;

    private readonly ChoiceOption<StructuredFormat> _output = new("--output", "-o", StructuredText.Formats)
    {
        HelpName = "FORMAT",
        Description = $"Print the plan on standard output: {StructuredText.Formats.Words}",
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

    private readonly Option<bool> _yes = new("--yes", "-y")
    {
        Description = "Take access away without asking; off a terminal nobody is asked anyway",
    };

    private readonly ConfirmWithin _confirmWithin = new();

    private readonly Option<bool> _noHistory = new("--no-history")
    {
        Description = "Keep no history of the change in the object's annotations; the ids of the last writes stand there all the same",
    };

    private readonly Option<bool> _noBackup = new("--no-backup")
    {
        Description = "Do not keep a copy of a cluster's map, as it was before the change, on this machine",
    };

    public ChangeOptions(CommonOptions common)
    {
        _common = common;
        Group = new("Preview and output", [_dryRun, _exitCode, _output]);
        Safety = new("Safety", [_yes, _force, _confirmWithin, _noHistory, _noBackup]);
    }

    public OptionGroup Group { get; }

    public OptionGroup Safety { get; }

    /// <param name="parsed">The arguments.</param>
    /// <param name="source">The place of the map; null for the one that the common options name.</param>
    public ChangeSettings Read(ParseResult parsed, Source? source = null)
    {
        var place = source ?? _common.ReadSource(parsed);
        var settings = new ChangeSettings(
            place,
            _common.ReadTimeout(parsed),
            _output.Read(parsed),
            parsed.GetValue(_dryRun),
            parsed.GetValue(_exitCode),
            parsed.GetValue(_force),
            !parsed.GetValue(_noHistory),
            !parsed.GetValue(_noBackup),
            parsed.GetValue(_yes),
            _confirmWithin.Read(parsed, place));
        Usage.Forbid(settings is { ExitCode: true, DryRun: false }, "--exit-code works with --dry-run only");
        Usage.Forbid(settings is { Source: ManifestSource { IsStandardInput: true }, Format: not null, DryRun: false },
            "standard output cannot hold both the plan and the manifest", "with --manifest -, --output needs --dry-run");
        return settings;
    }
}
