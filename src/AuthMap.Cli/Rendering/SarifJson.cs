using System.Text.Json;
using AuthMap.Cli.Commands;
using AuthMap.Documents;
using AuthMap.Linting;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes findings as SARIF 2.1.0 (OASIS), which code scanning reads; only the part of it that is used here.</summary>
internal static class SarifJson
{
    /// <summary>By how many blanks a level is indented.</summary>
    public const int Indent = 2;

    public static void Write(Utf8JsonWriter json, IReadOnlyList<LintedFinding> findings)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json);
        json.WriteString("columnKind", "utf16CodeUnits");
        WriteResults(json, findings);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", CommandTree.Program);
        json.WriteString("version", VersionRequest.Version);
        json.WriteStartArray("rules");
        foreach (var rule in Rules.All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("name", rule.Name);
            WriteWrapped(json, "shortDescription", "text", rule.Reason);
            WriteWrapped(json, "help", "text", rule.Remedy);
            WriteWrapped(json, "defaultConfiguration", "level", LintedFinding.Word(rule.Severity));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResults(Utf8JsonWriter json, IReadOnlyList<LintedFinding> findings)
    {
        List<Rule> rules = [.. Rules.All];
        json.WriteStartArray("results");
        foreach (var linted in findings)
        {
            json.WriteStartObject();
            json.WriteString("ruleId", linted.Finding.Rule.Id);
            json.WriteNumber("ruleIndex", rules.IndexOf(linted.Finding.Rule));
            json.WriteString("level", linted.Severity);
            WriteWrapped(json, "message", "text", $"{linted.Finding.Message}; {linted.Finding.Remedy}");
            WriteLocations(json, linted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // One place: in a file where there is one, and in any case in the map.
    private static void WriteLocations(Utf8JsonWriter json, LintedFinding linted)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        if (linted is { File: { } file, InFile: { } position })
        {
            WritePhysicalLocation(json, file, position);
        }

        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString(
            "fullyQualifiedName", $"{linted.Source}/kube-system/aws-auth/{linted.Finding.Key}:{linted.Finding.Position}");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WritePhysicalLocation(Utf8JsonWriter json, string file, TextPosition position)
    {
        json.WriteStartObject("physicalLocation");
        WriteWrapped(json, "artifactLocation", "uri", UriOf(file));
        json.WriteStartObject("region");
        json.WriteNumber("startLine", position.Line);
        json.WriteNumber("startColumn", position.Column);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // SARIF wraps most texts in an object of their own.
    private static void WriteWrapped(Utf8JsonWriter json, string name, string inner, string value)
    {
        json.WriteStartObject(name);
        json.WriteString(inner, value);
        json.WriteEndObject();
    }

    // Relative paths stay relative: the reader knows to what.
    private static string UriOf(string path) => Path.IsPathRooted(path)
        ? new Uri(path).AbsoluteUri
        : string.Join('/', path.Replace(Path.DirectorySeparatorChar, '/').Split('/')
            .Where(part => part != ".").Select(Uri.EscapeDataString));
}
