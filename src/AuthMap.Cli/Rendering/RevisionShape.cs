using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthMap.History;

namespace AuthMap.Cli.Rendering;

/// <summary>A revision as programs read it; part of the interface.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Time">When it was written, RFC 3339 in UTC; null when that is not known.</param>
/// <param name="Actor">Who wrote it; null when that is not known.</param>
/// <param name="Tool">With which program.</param>
/// <param name="Change">What was done, in one line.</param>
internal sealed record RevisionShape(int Number, string? Time, string? Actor, string? Tool, string Change)
{
    // A write with --no-history leaves nothing that tells it from another program's.
    private const string ChangedUnrecorded = "changed without history: outside authmap, or with --no-history";

    public static RevisionShape Of(Revision revision) => new(
        revision.Number,
        revision.Origin is { } origin ? Text(origin.Time) : null,
        revision.Origin is { Actor: { Length: > 0 } actor } ? actor : null,
        revision.Origin?.Tool,
        ChangeText(revision));

    public static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string ChangeText(Revision revision) => revision.Origin?.Summary
        ?? (revision.Number == 1 ? "the map before the first recorded change" : ChangedUnrecorded);
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    IndentSize = 4,
    NewLine = "\n")]
[JsonSerializable(typeof(IReadOnlyList<RevisionShape>))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    /// <summary>With everything a person can read left readable.</summary>
    public static HistoryJson Readable => field ??= new(new JsonSerializerOptions(Default.Options!)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
