using System.Text.Json;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Tests.Rendering;

public sealed class StructuredTextTests
{
    private static readonly string _half = $"{(char)0xd800}";

    [Fact]
    public void Json_is_indented_as_asked_and_ends_with_a_line_feed()
    {
        Assert.Equal("{\n    \"a\": [\n        1\n    ]\n}\n", StructuredText.Of(Nested, StructuredFormat.Json));
        Assert.Equal("{\n  \"a\": [\n    1\n  ]\n}\n", StructuredText.Of(Nested, StructuredFormat.Json, 2));
    }

    [Fact]
    public void Yaml_has_the_same_keys_and_values() => Assert.Equal("a:\n- 1\n", StructuredText.Of(Nested, StructuredFormat.Yaml));

    [Fact]
    public void What_a_person_can_read_stays_readable_and_what_would_harm_a_terminal_is_escaped()
    {
        var text = $"Žofie <&'> \" \\ \u001b\u0085\u202e {_half}.";

        Assert.Equal(
            "\"Žofie <&'> \\\" \\\\ \\u001B\\u0085\\u202e \\uFFFD.\"\n",
            StructuredText.Of(json => json.WriteStringValue(text), StructuredFormat.Json));
        Assert.Equal(
            "\"Žofie <&'> \\\" \\\\ \\u001b\\u0085\\u202e \ufffd.\"\n",
            StructuredText.Of(json => json.WriteStringValue(text), StructuredFormat.Yaml));
    }

    private static void Nested(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("a");
        json.WriteNumberValue(1);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
