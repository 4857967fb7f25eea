using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthMap.Benchmarks.Reports;

/// <summary>The report as JSON, for those who compare runs.</summary>
public static class Json
{
    public static string Write(Report report) => JsonSerializer.Serialize(report, ReportJsonContext.Default.Report) + "\n";
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
