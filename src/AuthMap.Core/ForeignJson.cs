using System.Text.Json;

namespace AuthMap;

/// <summary>
/// JSON as it comes from somewhere else, read member by member. What is not asked for is passed over, of several members of one name
/// the last one counts, and null is as good as absent. What is asked for and is of another kind is damage.
/// </summary>
/// <remarks>Serializers make code and tables for each type; for a few members that are read in one place, this is less of both.</remarks>
public static class ForeignJson
{
    /// <summary>Reads a text.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="read">Takes from it what is wanted; it may ask elements for what they are not.</param>
    /// <returns>Null when the text says null, or when there is nothing to take.</returns>
    /// <exception cref="JsonException">It is no JSON, or something in it is of another kind than what is asked for.</exception>
    public static T? Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T?> read)
        where T : class
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement, read);
    }

    /// <inheritdoc cref="Read{T}(ReadOnlyMemory{byte}, Func{JsonElement, T})"/>
    public static T? Read<T>(Stream json, Func<JsonElement, T?> read)
        where T : class
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement, read);
    }

    /// <summary>A member; null when there is none.</summary>
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>A member that has to be there.</summary>
    /// <exception cref="JsonException">There is none.</exception>
    public static JsonElement Needed(this JsonElement json, string name) => json.Member(name) ?? throw new JsonException($"{name} is missing");

    /// <summary>A member that is a string; null when there is none.</summary>
    public static string? Text(this JsonElement json, string name) => json.Member(name)?.GetString();

    /// <summary>A member that is a string and has to be there.</summary>
    /// <exception cref="JsonException">There is none.</exception>
    public static string NeededText(this JsonElement json, string name) => json.Needed(name).GetString()!;

    /// <summary>A member that is a list of strings; null when there is none.</summary>
    public static List<string>? Texts(this JsonElement json, string name) => json.Items(name, item => item.GetString());

    /// <summary>The items of a member that is a list; null when there is none.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="read">Reads an item; null leaves it out.</param>
    public static List<T>? Items<T>(this JsonElement json, string name, Func<JsonElement, T?> read)
        where T : class
    {
        if (json.Member(name) is not { } member)
        {
            return null;
        }

        List<T> items = [];
        foreach (var item in member.EnumerateArray())
        {
            if (read(item) is { } one)
            {
                items.Add(one);
            }
        }

        return items;
    }

    private static T? Read<T>(JsonElement json, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            return json.ValueKind == JsonValueKind.Null ? null : read(json);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            // So elements say that they are of another kind, or hold half a character or a number that is too large.
            throw new JsonException(e.Message, e);
        }
    }
}
