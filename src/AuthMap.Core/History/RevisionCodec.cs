using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AuthMap.Documents;

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
    /// <param name="log">The states.</param>
    /// <param name="limit">How long the value may be, in characters.</param>
    /// <param name="fitting">How many of the newest states may fit; fewer than there are when not all do.</param>
    /// <returns>Null when it would be longer, which is found out no later than it is.</returns>
    public static string? Write(RevisionLog log, int limit, out int fitting)
    {
        var head = $"2 {log.Next.ToString(CultureInfo.InvariantCulture)} ";
        var most = Math.Max(0, limit - head.Length) / 4 * 3;
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (var json = new Utf8JsonWriter(new StreamBuffer(zip, HasRoom)))
        {
            fitting = Write(json, log.Revisions, HasRoom);
        }

        if (!HasRoom())
        {
            fitting = Math.Min(fitting, log.Revisions.Count - 1);
            return null;
        }

        return string.Create(head.Length + Base64.GetMaxEncodedToUtf8Length((int)bytes.Length), (head, bytes), static (value, parts) =>
        {
            parts.head.CopyTo(value);
            Convert.TryToBase64Chars(parts.bytes.GetBuffer().AsSpan(0, (int)parts.bytes.Length), value[parts.head.Length..], out _);
        });

        bool HasRoom() => bytes.Length <= most;
    }

    /// <summary>Reads a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="now">The texts that the map has now, which are mostly those of the newest state; one that is the same is not made
    /// again.</param>
    /// <param name="next">The number of the next state; null when even that cannot be read.</param>
    /// <returns>Null when the states cannot be read.</returns>
    public static RevisionLog? Read(string value, IReadOnlyDictionary<string, string> now, out int? next)
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
            var revisions = ForeignJson.Read(Unzip(Convert.FromBase64String(data)), json => Revisions(json, now)) ?? [];
            return revisions.Count == 0 || revisions[^1].Number < parsed ? new(parsed, revisions) : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or JsonException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> Unzip(byte[] bytes)
    {
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);

        // One more than there should be, so that the end is seen before there is no room.
        var json = GC.AllocateUninitializedArray<byte>(Length(bytes) + 1);
        var length = 0;
        for (int count; (count = zip.Read(json.AsSpan(length))) > 0;)
        {
            length += count;
            if (length > LargestJson)
            {
                throw new InvalidDataException("too large");
            }

            if (length == json.Length)
            {
                Array.Resize(ref json, 2 * length);
            }
        }

        return json.AsMemory(0, length);
    }

    // What it says of its own length, in its last four bytes; a hint, and no more believed than that.
    private static int Length(byte[] zipped) =>
        zipped.Length < 4 ? 0 : (int)Math.Min(BitConverter.ToUInt32(zipped, zipped.Length - 4), 4 * 1024 * 1024);

    // How many were written while there was room.
    private static int Write(Utf8JsonWriter json, IReadOnlyList<Revision> revisions, Func<bool> hasRoom)
    {
        json.WriteStartArray();
        for (var written = 0; written < revisions.Count; written++)
        {
            Write(json, revisions[^(written + 1)], written == 0 ? null : revisions[^written]);
            if (!hasRoom())
            {
                return written;
            }
        }

        json.WriteEndArray();
        return revisions.Count;
    }

    private static void Write(Utf8JsonWriter json, Revision revision, Revision? next)
    {
        json.WriteStartObject();
        json.WriteNumber("n", revision.Number);
        if (revision.Origin is { } origin)
        {
            json.WriteNumber("time", origin.Time.ToUnixTimeSeconds());
            json.WriteString("actor", origin.Actor);
            json.WriteString("tool", origin.Tool);
            json.WriteString("did", origin.Summary);
        }

        json.WriteStartObject("data");
        foreach (var (key, part) in revision.DeltaFrom(next).Parts)
        {
            json.WriteStartObject(key);
            WriteCount(json, "head", part.Head);
            WriteCount(json, "tail", part.Tail);
            json.WriteLongString("text", part.Text);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, string name, int count)
    {
        if (count != 0)
        {
            json.WriteNumber(name, count);
        }
    }

    /// <exception cref="JsonException">Nobody wrote this.</exception>
    private static List<Revision> Revisions(JsonElement json, IReadOnlyDictionary<string, string> now)
    {
        if (json.GetArrayLength() > MostRevisions)
        {
            throw new JsonException("too many revisions");
        }

        var revisions = new List<Revision>();
        IReadOnlyDictionary<string, int> lengths = new Dictionary<string, int>();
        Revision? next = null;
        foreach (var stored in json.EnumerateArray())
        {
            var number = stored.Needed("n").GetInt32();
            if (number < 1 || number >= (next?.Number ?? int.MaxValue))
            {
                throw new JsonException("no revision");
            }

            var delta = Delta(stored.Needed("data"), next is null ? now : null);
            lengths = delta.Lengths(lengths) ?? throw new JsonException("no revision");
            next = new(number, Origin(stored), delta, next);
            revisions.Add(next);
        }

        revisions.Reverse();
        return revisions;
    }

    private static TextsDelta Delta(JsonElement data, IReadOnlyDictionary<string, string>? known)
    {
        var parts = new Dictionary<string, TextDelta>(StringComparer.Ordinal);
        foreach (var part in data.EnumerateObject())
        {
            var name = part.Name;
            if (!SectionKeys.All.Any(key => key.Name() == name))
            {
                continue;
            }

            var text = part.Value.Needed("text").LongString(known?.GetValueOrDefault(name))!;
            parts[name] = new(Count(part.Value, "head"), Count(part.Value, "tail"), text);
        }

        return new(parts);
    }

    private static int Count(JsonElement part, string name) => part.TryGetProperty(name, out var count) ? count.GetInt32() : 0;

    private static RevisionOrigin? Origin(JsonElement stored)
    {
        var (actor, tool, summary) = (stored.Text("actor"), stored.Text("tool"), stored.Text("did"));
        return stored.Member("time")?.GetInt64() is >= 0 and < 253402300800 and var time
            ? new(DateTimeOffset.FromUnixTimeSeconds(time), actor ?? "", tool ?? "", summary ?? "")
            : null;
    }
}
