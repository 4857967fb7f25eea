using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthMap.History;

/// <summary>
/// The annotation's value: <c>2 NEXT DATA</c>, the format's version, the number of the next state, and the states as JSON, gzipped,
/// in base64: the newest first and whole, each older one as it differs from the one before it there. The number stands apart so that
/// it outlives damage to the rest; the rest can be read by hand with <c>base64 -d | gunzip</c>.
/// </summary>
internal static class RevisionCodec
{
    // A map is 1 MiB at most, and a dozen of them far less than this; a small text that grows beyond it is not ours.
    private const int LargestJson = 32 << 20;

    // More than are ever written, and few enough to be put together one from the other.
    private const int MostRevisions = 100;

    // Two numbers are taken by a write, and no map has seen this many.
    private const int LargestNumber = int.MaxValue - 2;

    /// <summary>Writes the value.</summary>
    public static string Write(RevisionLog log)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(zip, Shape(log.Revisions), RevisionJson.Default.StoredRevisionArray);
        }

        return $"2 {log.Next.ToString(CultureInfo.InvariantCulture)} {Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}";
    }

    /// <summary>Reads a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="next">The number of the next state; null when even that cannot be read.</param>
    /// <returns>Null when the states cannot be read.</returns>
    public static RevisionLog? Read(string value, out int? next)
    {
        next = null;
        if (value.Split(' ') is not [var format, var number, var data]
            || !int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            || parsed is < 1 or > LargestNumber)
        {
            return null;
        }

        next = parsed;
        if (format != "2")
        {
            return null;
        }

        try
        {
            using var json = Unzip(Convert.FromBase64String(data));
            var revisions = Revisions(JsonSerializer.Deserialize(json, RevisionJson.Default.StoredRevisionArray) ?? []);
            return revisions.Count == 0 || revisions[^1].Number < parsed ? new(parsed, revisions) : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or JsonException)
        {
            return null;
        }
    }

    private static MemoryStream Unzip(byte[] bytes)
    {
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var json = new MemoryStream(Length(bytes));
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

    // What it says of its own length, in its last four bytes; a hint, and no more believed than that.
    private static int Length(byte[] zipped) =>
        zipped.Length < 4 ? 0 : (int)Math.Min(BitConverter.ToUInt32(zipped, zipped.Length - 4), 4 * 1024 * 1024);

    private static StoredRevision[] Shape(IReadOnlyList<Revision> revisions)
    {
        var stored = new StoredRevision[revisions.Count];
        for (var (i, next) = (0, (Revision?)null); i < stored.Length; i++)
        {
            var revision = revisions[^(i + 1)];
            stored[i] = new(
                revision.Number,
                revision.Origin?.Time.ToUnixTimeSeconds(),
                revision.Origin?.Actor,
                revision.Origin?.Tool,
                revision.Origin?.Summary,
                new(revision.DeltaFrom(next).Parts, StringComparer.Ordinal));
            next = revision;
        }

        return stored;
    }

    /// <exception cref="JsonException">Nobody wrote this.</exception>
    private static List<Revision> Revisions(StoredRevision?[] stored)
    {
        if (stored.Length > MostRevisions)
        {
            throw new JsonException("too many revisions");
        }

        var revisions = new List<Revision>();
        IReadOnlyDictionary<string, int> lengths = new Dictionary<string, int>();
        for (var (i, next) = (0, (Revision?)null); i < stored.Length; i++)
        {
            if (stored[i] is not { Number: >= 1, Data: { } data } one || one.Number >= (next?.Number ?? int.MaxValue) || data.Values.Any(part => part?.Text is null))
            {
                throw new JsonException("no revision");
            }

            var delta = new TextsDelta(data);
            lengths = delta.Lengths(lengths) ?? throw new JsonException("no revision");
            var origin = one.Time is { } time && time is >= 0 and < 253402300800
                ? new RevisionOrigin(DateTimeOffset.FromUnixTimeSeconds(time), one.Actor ?? "", one.Tool ?? "", one.Summary ?? "")
                : null;
            next = new(one.Number, origin, delta, next);
            revisions.Add(next);
        }

        revisions.Reverse();
        return revisions;
    }
}

/// <summary>A state as the annotation holds it.</summary>
internal sealed record StoredRevision(
    [property: JsonPropertyName("n")] int Number,
    [property: JsonPropertyName("time")] long? Time,
    [property: JsonPropertyName("actor")] string? Actor,
    [property: JsonPropertyName("tool")] string? Tool,
    [property: JsonPropertyName("did")] string? Summary,
    [property: JsonPropertyName("data")] Dictionary<string, TextDelta>? Data);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(StoredRevision[]))]
internal sealed partial class RevisionJson : JsonSerializerContext;
