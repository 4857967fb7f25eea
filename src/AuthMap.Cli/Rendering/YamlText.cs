using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes JSON values as block YAML, in the manner of eksctl and kubectl: list items not indented.</summary>
internal static class YamlText
{
    // What a YAML 1.1 reader takes for something other than text.
    private static readonly HashSet<string> _words =
        new(["y", "yes", "n", "no", "true", "false", "on", "off", "null"], StringComparer.OrdinalIgnoreCase);

    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        WriteNode(text, value, 0, "");
        return text.ToString();
    }

    /// <param name="text">What is written so far: up to a line's start, a dash and blank, or a key's colon.</param>
    /// <param name="value">What to write, with the line's end.</param>
    /// <param name="indent">The column of the node's lines.</param>
    /// <param name="lead">What parts a scalar from what stands before it.</param>
    private static void WriteNode(StringBuilder text, JsonElement value, int indent, string lead)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                WriteObject(text, value, indent, lead);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                WriteArray(text, value, indent, lead);
                break;
            default:
                text.Append(lead).Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value, int indent, string lead)
    {
        var first = true;
        foreach (var property in value.EnumerateObject())
        {
            StartLine(text, first, indent, lead);
            first = false;
            text.Append(property.Name).Append(':');
            var isObject = property.Value.ValueKind == JsonValueKind.Object;
            WriteNode(text, property.Value, isObject ? indent + 2 : indent, " ");
        }
    }

    private static void WriteArray(StringBuilder text, JsonElement value, int indent, string lead)
    {
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            StartLine(text, first, indent, lead);
            first = false;
            text.Append("- ");
            WriteNode(text, item, indent + 2, "");
        }
    }

    // The first line of a collection continues a dash, but breaks after a key.
    private static void StartLine(StringBuilder text, bool first, int indent, string lead)
    {
        if (first && lead.Length > 0)
        {
            text.Append('\n');
        }

        if (!first || lead.Length > 0)
        {
            text.Append(' ', indent);
        }
    }

    private static string Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Quoted(value.GetString()!),
        JsonValueKind.Array => "[]",
        JsonValueKind.Object => "{}",
        _ => value.GetRawText(),
    };

    private static string Quoted(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
            {
                quoted.Append('\\').Append(rune);
            }
            else if (rune.IsBmp && (Printable.IsHarmful((char)rune.Value) || rune.Value is 0xFEFF or 0x85))
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            }
            else
            {
                quoted.Append(rune);
            }
        }

        return quoted.Append('"').ToString();
    }

    // Narrower than YAML allows: what starts with a letter or a slash and has nothing in it that any reader gives a meaning.
    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] == '/')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:@+=,{}".Contains(c))
        && !text.EndsWith(':')
        && !_words.Contains(text);
}
