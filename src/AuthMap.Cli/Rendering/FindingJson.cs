using System.Text.Json;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes findings for programs; part of the interface.</summary>
/// <remarks>
/// Lines and columns count from 1, columns in UTF-16 code units.
/// <list type="bullet">
/// <item><c>rule</c>: the rule's id.</item>
/// <item><c>severity</c>: <c>error</c> or <c>warning</c>.</item>
/// <item><c>message</c>: what is wrong.</item>
/// <item><c>remedy</c>: what to do about it.</item>
/// <item><c>key</c>: the key of <c>data</c>.</item>
/// <item><c>line</c>, <c>column</c>: where in the key's text.</item>
/// <item><c>fileLine</c>, <c>fileColumn</c>: where in the manifest; null for a cluster.</item>
/// <item><c>source</c>: the place of the map.</item>
/// </list>
/// </remarks>
internal static class FindingJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<LintedFinding> findings)
    {
        json.WriteStartArray();
        foreach (var linted in findings)
        {
            var finding = linted.Finding;
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule.Id);
            json.WriteString("severity", linted.Severity);
            json.WriteString("message", finding.Message);
            json.WriteString("remedy", finding.Remedy);
            json.WriteString("key", finding.Key);
            json.WriteNumber("line", finding.Position.Line);
            json.WriteNumber("column", finding.Position.Column);
            json.WriteNumberOrNull("fileLine", linted.InFile?.Line);
            json.WriteNumberOrNull("fileColumn", linted.InFile?.Column);
            json.WriteString("source", linted.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
