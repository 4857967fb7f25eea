using AuthMap.Cli.Commands;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.Linting;

namespace AuthMap.Cli.Rendering;

/// <summary>A finding, and where people find it.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Source">The place of the map: a file, a context.</param>
/// <param name="File">The path of the manifest; null for a cluster and for standard input.</param>
/// <param name="InFile">Where it is in the manifest; null for a cluster.</param>
internal sealed record LintedFinding(Finding Finding, string Source, string? File, TextPosition? InFile)
{
    public static LintedFinding Of(Finding finding, Source source, string target, Snapshot snapshot) => new(
        finding,
        target,
        source is ManifestSource { IsStandardInput: false } manifest ? manifest.Path : null,
        snapshot.LocateByName?.Invoke(finding.Key, finding.Position));

    /// <summary>The place in one word.</summary>
    public string Place => InFile is { } position ? $"{Source}:{position}" : $"{Finding.Key}:{Finding.Position}";

    public string Severity => Word(Finding.Rule.Severity);

    public static string Word(Severity severity) => severity == Linting.Severity.Error ? "error" : "warning";
}
