using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AuthMap;

/// <summary>JSON with texts as long as a map's.</summary>
public static class LongText
{
    /// <summary>How much is written at once, in characters (UTF-16).</summary>
    internal const int Piece = 4096;

    /// <summary>Writes a member with a text as <see cref="Utf8JsonWriter.WriteString(string, string)"/> does, but piece by piece:
    /// that one takes room for the text as if all of it had to be escaped, which is six times its length.</summary>
    /// <param name="json">The writer, within an object.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="text">The text.</param>
    public static void WriteLongString(this Utf8JsonWriter json, string name, string text)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WritePropertyName(name);

        // A character that is cut in two is put together by the writer itself.
        var rest = text.AsSpan();
        for (; rest.Length > Piece; rest = rest[Piece..])
        {
            json.WriteStringValueSegment(rest[..Piece], isFinalSegment: false);
        }

        json.WriteStringValueSegment(rest, isFinalSegment: true);
    }

    /// <summary>Reads a text that may be known already; then there is no need to make it again.</summary>
    /// <param name="json">The text.</param>
    /// <param name="known">What it may be.</param>
    /// <returns>The known text where that is it.</returns>
    /// <exception cref="InvalidOperationException">It is no text, or no valid one.</exception>
    public static string? LongString(this JsonElement json, string? known) =>
        known is not null && json.ValueKind == JsonValueKind.String && IsSame(JsonMarshal.GetRawUtf8Value(json)[1..^1], known)
            ? known
            : json.GetString();

    // Letters that are not escaped are compared many at once. Those beyond ASCII would have to be decoded; no writer of ours leaves any.
    private static bool IsSame(ReadOnlySpan<byte> json, ReadOnlySpan<char> text)
    {
        for (int plain; (plain = json.IndexOf((byte)'\\')) >= 0;)
        {
            var (unit, length) = Unescape(json[plain..]);
            if (plain >= text.Length || text[plain] != unit || !Ascii.Equals(json[..plain], text[..plain]))
            {
                return false;
            }

            json = json[(plain + length)..];
            text = text[(plain + 1)..];
        }

        return Ascii.Equals(json, text);
    }

    private static (char Unit, int Length) Unescape(ReadOnlySpan<byte> escape) => escape[1] switch
    {
        (byte)'u' => ((char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 6),
        (byte)'n' => ('\n', 2),
        (byte)'r' => ('\r', 2),
        (byte)'t' => ('\t', 2),
        (byte)'b' => ('\b', 2),
        (byte)'f' => ('\f', 2),
        var itself => ((char)itself, 2),
    };
}
