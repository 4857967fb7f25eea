using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthMap.Cli.Commands;
using AuthMap.Linting;

namespace AuthMap.Cli.Rendering;

/// <summary>Findings as SARIF 2.1.0 (OASIS), which code scanning reads: the part of the format that is used here.</summary>
internal sealed record SarifLog(
    [property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs)
{
    public static SarifLog Of(IReadOnlyList<LintedFinding> findings)
    {
        var driver = new SarifDriver(CommandTree.Program, VersionRequest.Version, [.. Rules.All.Select(SarifRule.Of)]);
        return new(
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "2.1.0",
            [new(new(driver), "utf16CodeUnits", [.. findings.Select(SarifResult.Of)])]);
    }
}

internal sealed record SarifRun(SarifTool Tool, string ColumnKind, IReadOnlyList<SarifResult> Results);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string Version, IReadOnlyList<SarifRule> Rules);

internal sealed record SarifRule(
    string Id, string Name, SarifText ShortDescription, SarifText Help, SarifConfiguration DefaultConfiguration)
{
    public static SarifRule Of(Rule rule) =>
        new(rule.Id, rule.Name, new(rule.Reason), new(rule.Remedy), new(LintedFinding.Word(rule.Severity)));
}

internal sealed record SarifText(string Text);

internal sealed record SarifConfiguration(string Level);

internal sealed record SarifResult(
    string RuleId, int RuleIndex, string Level, SarifText Message, IReadOnlyList<SarifLocation> Locations)
{
    public static SarifResult Of(LintedFinding linted) => new(
        linted.Finding.Rule.Id,
        Rules.All.ToList().IndexOf(linted.Finding.Rule),
        linted.Severity,
        new($"{linted.Finding.Message}; {linted.Finding.Remedy}"),
        [SarifLocation.Of(linted)]);
}

/// <summary>A place: in a file where there is one, and in any case in the map.</summary>
internal sealed record SarifLocation(SarifPhysicalLocation? PhysicalLocation, IReadOnlyList<SarifLogicalLocation> LogicalLocations)
{
    public static SarifLocation Of(LintedFinding linted) => new(
        linted is { File: { } file, InFile: { } position }
            ? new(new(UriOf(file)), new(position.Line, position.Column))
            : null,
        [new($"{linted.Source}/kube-system/aws-auth/{linted.Finding.Key}:{linted.Finding.Position}")]);

    // Relative paths stay relative: the reader knows to what.
    private static string UriOf(string path) => Path.IsPathRooted(path)
        ? new Uri(path).AbsoluteUri
        : string.Join('/', path.Replace(Path.DirectorySeparatorChar, '/').Split('/').Where(part => part != ".").Select(Uri.EscapeDataString));
}

internal sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation, SarifRegion Region);

internal sealed record SarifArtifact(string Uri);

internal sealed record SarifRegion(int StartLine, int StartColumn);

internal sealed record SarifLogicalLocation(string FullyQualifiedName);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    IndentSize = 2,
    NewLine = "\n")]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifJson : JsonSerializerContext
{
    /// <summary>With everything a person can read left readable.</summary>
    public static SarifJson Readable => field ??= new(new JsonSerializerOptions(Default.Options!)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
