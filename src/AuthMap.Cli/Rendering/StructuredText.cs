using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Rendering;

/// <summary>One shape, two formats, the same keys in the same order.</summary>
internal static class StructuredText
{
    /// <summary>The formats by their names.</summary>
    public static Choices<StructuredFormat> Formats { get; } =
        new(new("json", StructuredFormat.Json), new("yaml", StructuredFormat.Yaml));

    /// <summary>Writes a value, with a final line feed.</summary>
    public static string Of<T>(T value, JsonTypeInfo<T> type, StructuredFormat format) => format switch
    {
        StructuredFormat.Json => Printable.Json(JsonSerializer.Serialize(value, type)) + "\n",
        _ => YamlText.Of(JsonSerializer.SerializeToElement(value, type)),
    };
}
