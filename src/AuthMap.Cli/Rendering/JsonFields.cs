using System.Text.Json;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes fields that may lack a value, and fields that hold several.</summary>
internal static class JsonFields
{
    /// <summary>Leaves the field out when its value is null.</summary>
    public static void WriteUnlessNull(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Leaves the field out when its value is empty.</summary>
    public static void WriteUnlessEmpty(this Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
