using System.Text.Json;

namespace AuthMap;

/// <summary>JSON with texts as long as a map's.</summary>
public static class LongText
{
    /// <summary>How much is written at once, in characters (UTF-16).</summary>
    internal const int Piece = 4096;

    /// <summary>Writes a member with a text as <see cref="Utf8JsonWriter.WriteString(string, string)"/> does, but piece by piece:
    /// that one takes room for the text as if all of it had to be escaped, which is twelve times its size.</summary>
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
}
