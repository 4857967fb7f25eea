using System.Globalization;
using System.Text;

namespace AuthMap.Cli.Rendering;

/// <summary>
/// Makes foreign text harmless: control characters could drive the terminal, and direction controls could make a line read as
/// something else. They are shown as <c>\u001b</c>.
/// </summary>
internal static class Printable
{
    public static string Line(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? Escape(text, IsHarmful) : text;

    /// <summary>Escapes direction controls in finished JSON, where they can only stand inside strings.</summary>
    public static string Json(string json) => Escape(json, IsDirection);

    public static bool IsHarmful(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' || IsDirection(c);

    private static bool IsDirection(char c) =>
        c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static string Escape(string text, Func<char, bool> harmful)
    {
        if (!text.Any(harmful))
        {
            return text;
        }

        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                result.Append(text[i]).Append(text[++i]);
            }
            else if (harmful(text[i]))
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
