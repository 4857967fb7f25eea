using System.Text;
using System.Text.Json;

namespace AuthMap.Core.Tests;

public sealed class ForeignJsonTests
{
    [Theory]
    [InlineData("""{"a": null}""", "-")]
    [InlineData("""{"A": "1"}""", "-")]
    [InlineData("""{"a": "1", "b": [2], "a": "3"}""", "3")]
    [InlineData("""{"\u0061": "\u0031"}""", "1")]
    [InlineData("""{"\ud800": 1, "a": "1"}""", "1")]
    [InlineData("""{"b": "\ud800", "a": "1"}""", "1")]
    public void A_member_is_the_last_of_its_name(string json, string expected) =>
        Assert.Equal(expected, Read(json, root => root.Text("a") ?? "-"));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{} // sic")]
    [InlineData("""{"a": "1",}""")]
    [InlineData("{'a': '1'}")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"a\"")]
    [InlineData("""{"a": 1}""")]
    [InlineData("""{"a": {}}""")]
    [InlineData("""{"a": ["1"]}""")]
    [InlineData("""{"a": "\ud800"}""")]
    [InlineData("""{"a": "\udc00\ud800"}""")]
    public void Damage_is_one_kind_of_exception(string json) =>
        Assert.ThrowsAny<JsonException>(() => Read(json, root => root.Text("a") ?? "-"));

    [Fact]
    public void What_is_no_UTF8_is_damage_where_it_is_asked_for()
    {
        byte[] json = [.. """{"a": "1", "b": "X"}"""u8];
        json[^3] = 0xFF;

        Assert.Equal("1", ForeignJson.Read(json, root => root.Text("a")));
        Assert.Throws<JsonException>(() => ForeignJson.Read(json, root => root.Text("b")));
        Assert.Throws<JsonException>(() => ForeignJson.Read(json, root => root.EnumerateObject().Select(member => member.Value.GetString()).ToList()));
    }

    [Theory]
    [InlineData("null", 0)]
    [InlineData("\"1\"", 0)]
    [InlineData("1.5", 0)]
    [InlineData("2147483648", 0)]
    [InlineData("1e400", 0)]
    [InlineData("7", 7)]
    public void A_number_of_another_kind_is_damage(string number, int expected)
    {
        var json = $"{{\"a\": {number}}}";
        string? Number() => Read(json, root => root.Needed("a").GetInt32().ToString());

        if (expected == 0)
        {
            Assert.ThrowsAny<JsonException>(Number);
        }
        else
        {
            Assert.Equal($"{expected}", Number());
        }
    }

    [Fact]
    public void A_time_of_another_form_is_damage() =>
        Assert.Throws<JsonException>(() => Read("""{"a": "soon"}""", root => $"{root.Needed("a").GetDateTimeOffset()}"));

    [Theory]
    [InlineData("""{"a": []}""", "0:")]
    [InlineData("""{"a": null}""", "none")]
    [InlineData("{}", "none")]
    [InlineData("""{"a": ["x", null, "y"]}""", "2:x,y")]
    public void A_list_leaves_out_what_is_null(string json, string expected) =>
        Assert.Equal(expected, Read(json, root => root.Texts("a") is { } texts ? $"{texts.Count}:{string.Join(',', texts)}" : "none"));

    [Theory]
    [InlineData("{}", "a is missing")]
    [InlineData("""{"a": null}""", "a is missing")]
    public void What_is_needed_and_missing_is_named(string json, string expected)
    {
        Assert.Equal(expected, Assert.Throws<JsonException>(() => Read(json, root => root.NeededText("a"))).Message);
        Assert.Equal(expected, Assert.Throws<JsonException>(() => Read(json, root => $"{root.Needed("a")}")).Message);
    }

    [Fact]
    public void Nothing_is_read_of_null() => Assert.Null(Read("null", _ => "something"));

    [Fact]
    public void Nesting_has_an_end()
    {
        Assert.Equal("-", Read($"{{\"b\": {new string('[', 63)}{new string(']', 63)}}}", root => root.Text("a") ?? "-"));
        Assert.ThrowsAny<JsonException>(() => Read($"{{\"b\": {new string('[', 64)}{new string(']', 64)}}}", root => root.Text("a") ?? "-"));
    }

    [Fact]
    public void A_stream_may_begin_with_a_byte_order_mark() =>
        Assert.Equal("1", ForeignJson.Read(new MemoryStream([.. Encoding.UTF8.Preamble, .. """{"a": "1"}"""u8]), root => root.Text("a")));

    private static T? Read<T>(string json, Func<JsonElement, T?> read)
        where T : class
    {
        var fromStream = Outcome(() => ForeignJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), read));
        Assert.Equal(fromStream, Outcome(() => ForeignJson.Read(Encoding.UTF8.GetBytes(json), read)));
        return ForeignJson.Read(Encoding.UTF8.GetBytes(json), read);
    }

    private static string Outcome<T>(Func<T?> read)
    {
        try
        {
            return $"{read()}";
        }
        catch (JsonException e)
        {
            return $"damage: {e.Message}";
        }
    }
}
