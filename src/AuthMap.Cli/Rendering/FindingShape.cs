using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthMap.Cli.Rendering;

/// <summary>A finding as programs read it; part of the interface. Lines and columns count from 1, columns in UTF-16 code units.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Key">The key of <c>data</c>.</param>
/// <param name="Line">The line in the key's text.</param>
/// <param name="Column">The column in that line.</param>
/// <param name="FileLine">The line in the manifest; null for a cluster.</param>
/// <param name="FileColumn">The column in that line.</param>
/// <param name="Source">The place of the map.</param>
internal sealed record FindingShape(
    string Rule,
    string Severity,
    string Message,
    string Remedy,
    string Key,
    int Line,
    int Column,
    int? FileLine,
    int? FileColumn,
    string Source)
{
    public static FindingShape Of(LintedFinding linted) => new(
        linted.Finding.Rule.Id,
        linted.Severity,
        linted.Finding.Message,
        linted.Finding.Remedy,
        linted.Finding.Key,
        linted.Finding.Position.Line,
        linted.Finding.Position.Column,
        linted.InFile?.Line,
        linted.InFile?.Column,
        linted.Source);
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    IndentSize = 4,
    NewLine = "\n")]
[JsonSerializable(typeof(IReadOnlyList<FindingShape>))]
internal sealed partial class FindingJson : JsonSerializerContext
{
    /// <summary>With everything a person can read left readable.</summary>
    public static FindingJson Readable => field ??= new(new JsonSerializerOptions(Default.Options!)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
