using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Rendering;

/// <summary>One value, two formats, the same keys in the same order.</summary>
internal static class StructuredText
{
    /// <summary>The formats by their names.</summary>
    public static Choices<StructuredFormat> Formats { get; } =
        new(new("json", StructuredFormat.Json), new("yaml", StructuredFormat.Yaml));

    /// <summary>The text of a value, with a final line feed.</summary>
    /// <param name="write">Writes the value.</param>
    /// <param name="format">In which format the text is.</param>
    /// <param name="indent">By how many blanks each level of JSON is indented.</param>
    public static string Of(Action<Utf8JsonWriter> write, StructuredFormat format, int indent = 4)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable(indent)))
        {
            write(json);
        }

        if (format == StructuredFormat.Json)
        {
            return Printable.Json(Encoding.UTF8.GetString(bytes.WrittenSpan)) + "\n";
        }

        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return YamlText.Of(document.RootElement);
    }

    // Everything that a person can read is left readable.
    private static JsonWriterOptions Readable(int indent) => new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = indent,
        NewLine = "\n",
    };
}
