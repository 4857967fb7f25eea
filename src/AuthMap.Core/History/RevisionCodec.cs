using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthMap.Documents;

namespace AuthMap.History;

/// <summary>
/// The annotation's value: <c>1 NEXT DATA</c>, the format's version, the number of the next state, and the states as JSON, gzipped,
/// in base64. The number stands apart so that it outlives damage to the rest; the rest can be read by hand with
/// <c>base64 -d | gunzip</c>.
/// </summary>
internal static class RevisionCodec
{
    // A map is 1 MiB at most, and a dozen of them far less than this; a small text that grows beyond it is not ours.
    private const int LargestJson = 32 << 20;

    // Two numbers are taken by a write, and no map has seen this many.
    private const int LargestNumber = int.MaxValue - 2;

    /// <summary>Writes the value.</summary>
    public static string Write(RevisionLog log)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(zip, [.. log.Revisions.Select(Shape)], RevisionJson.Default.StoredRevisionArray);
        }

        return $"1 {log.Next.ToString(CultureInfo.InvariantCulture)} {Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}";
    }

    /// <summary>Reads a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="next">The number of the next state; null when even that cannot be read.</param>
    /// <returns>Null when the states cannot be read.</returns>
    public static RevisionLog? Read(string value, out int? next)
    {
        next = null;
        if (value.Split(' ') is not ["1", var number, var data]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            || parsed is < 1 or > LargestNumber)
        {
            return null;
        }

        next = parsed;
        try
        {
            using var json = Unzip(Convert.FromBase64String(data));
            var stored = JsonSerializer.Deserialize(json, RevisionJson.Default.StoredRevisionArray) ?? [];
            var revisions = stored.Select(Revision).ToList();
            var isOrdered = revisions.Zip(revisions.Skip(1)).All(pair => pair.First.Number < pair.Second.Number)
                && (revisions.Count == 0 || (revisions[0].Number >= 1 && revisions[^1].Number < parsed));
            return isOrdered ? new(parsed, revisions) : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or JsonException)
        {
            return null;
        }
    }

    private static MemoryStream Unzip(byte[] bytes)
    {
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var json = new MemoryStream();
        var buffer = new byte[81920];
        for (int count; (count = zip.Read(buffer)) > 0;)
        {
            json.Write(buffer, 0, count);
            if (json.Length > LargestJson)
            {
                throw new InvalidDataException("too large");
            }
        }

        json.Position = 0;
        return json;
    }

    private static StoredRevision Shape(Revision revision) => new(
        revision.Number,
        revision.Origin?.Time.ToUnixTimeSeconds(),
        revision.Origin?.Actor,
        revision.Origin?.Tool,
        revision.Origin?.Summary,
        new(revision.Texts.Data, StringComparer.Ordinal));

    private static Revision Revision(StoredRevision? stored) => new(
        stored?.Number ?? throw new JsonException("no revision"),
        stored.Time is { } time && time is >= 0 and < 253402300800
            ? new(DateTimeOffset.FromUnixTimeSeconds(time), stored.Actor ?? "", stored.Tool ?? "", stored.Summary ?? "")
            : null,
        stored.Data is { } data && !data.ContainsValue(null!)
            ? MapTexts.Of(data)
            : throw new JsonException("no data"));
}

/// <summary>A state as the annotation holds it.</summary>
internal sealed record StoredRevision(
    [property: JsonPropertyName("n")] int Number,
    [property: JsonPropertyName("time")] long? Time,
    [property: JsonPropertyName("actor")] string? Actor,
    [property: JsonPropertyName("tool")] string? Tool,
    [property: JsonPropertyName("did")] string? Summary,
    [property: JsonPropertyName("data")] Dictionary<string, string>? Data);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredRevision[]))]
internal sealed partial class RevisionJson : JsonSerializerContext;
