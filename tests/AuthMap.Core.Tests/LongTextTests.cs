using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AuthMap.Core.Tests;

public sealed class LongTextTests
{
    private static readonly string[] _parts = ["", "a", "\n", "\"", "\\", "+", "\0", "é", "漢", "\u2028", "😀", "\ud83d", "\ude00"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_is_cut_it_is_as_if_it_were_written_at_once(bool relaxed)
    {
        foreach (var before in new[] { 0, LongText.Piece - 2, LongText.Piece - 1, LongText.Piece, (2 * LongText.Piece) - 1 })
        {
            foreach (var text in from one in _parts from other in _parts from end in _parts select new string('x', before) + one + other + end)
            {
                Assert.Equal(Json(relaxed, json => json.WriteString("né", text)), Json(relaxed, json => json.WriteLongString("né", text)));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_may_be_as_long_as_a_map(bool relaxed)
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"- rolearn: \"{i}\"\n  username: é😀\n"));

        Assert.Equal(Json(relaxed, json => json.WriteString("n", text)), Json(relaxed, json => json.WriteLongString("n", text)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_text_that_is_known_is_not_made_again(bool relaxed)
    {
        // Half a character is replaced when it is written.
        foreach (var text in from one in _parts[..11] from other in _parts[..11] from end in _parts[..11] select $"{one}{other}/\r\t\b\f\u007f{end}")
        {
            using var document = JsonDocument.Parse(Json(relaxed, json => json.WriteString("n", text)));
            var json = document.RootElement.GetProperty("n");
            var known = new string(text);

            var read = json.LongString(known);
            Assert.Equal(text, read);
            Assert.True(ReferenceEquals(known, read) || (relaxed && text.Any(c => c > '\x7f')));
            foreach (var other in new[] { null, "", "x", text + "x", text[1..], text[..^1], text.Replace('/', '\\'), text.Replace('\t', 't'), "\0" + text })
            {
                Assert.Equal(text, json.LongString(other));
            }
        }
    }

    [Theory]
    [InlineData("\"\"", "", "")]
    [InlineData("\"\\/\\u002f\\u002F\\\"\\\\\"", "///\"\\", "///\"\\")]
    [InlineData("null", "", null)]
    [InlineData("null", "null", null)]
    public void Whoever_wrote_it_it_is_read(string text, string known, string? expected)
    {
        using var document = JsonDocument.Parse(text);

        Assert.Equal(expected, document.RootElement.LongString(known));
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("[]", "")]
    [InlineData("\"\\ud800\"", "x")]
    public void What_is_no_text_is_none(string text, string known)
    {
        using var document = JsonDocument.Parse(text);

        Assert.Throws<InvalidOperationException>(() => document.RootElement.LongString(known));
    }

    private static string Json(bool relaxed, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = relaxed ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : null }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteNumber("after", 1);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
