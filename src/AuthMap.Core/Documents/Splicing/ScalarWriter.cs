using System.Buffers;
using System.Text;
using AuthMap.Yaml;
using YamlDotNet.Core;

namespace AuthMap.Documents.Splicing;

/// <summary>Writes strings as YAML scalars on one line that every reader takes for that string.</summary>
internal static class ScalarWriter
{
    private static readonly SearchValues<char> s_dateCharacters = SearchValues.Create("0123456789-+:._TtZz ");
    private static readonly SearchValues<char> s_flowIndicators = SearchValues.Create(",[]{}?:");

    /// <summary>Writes a string.</summary>
    /// <param name="value">The string.</param>
    /// <param name="preferred">The quoting of the neighbours; plain and block styles mean: quoted only when needed.</param>
    /// <param name="inFlow">Whether it stands within brackets or braces.</param>
    public static string Write(string value, ScalarStyle preferred, bool inFlow)
    {
        if (value.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' || char.IsSurrogate(c)))
        {
            return DoubleQuoted(value);
        }

        return preferred switch
        {
            ScalarStyle.SingleQuoted => SingleQuoted(value),
            ScalarStyle.DoubleQuoted => DoubleQuoted(value),
            // go-yaml's choice, and so eksctl's: double quotes where the type would change, single ones where the syntax would.
            _ when value.Length == 0 || LooksTyped(value) => DoubleQuoted(value),
            _ => IsPlain(value, inFlow) ? value : SingleQuoted(value),
        };
    }

    private static bool LooksTyped(string value) =>
        ScalarResolver.ResolvePlain(value) != ScalarType.String
        || value is "<<" or "="
        // Dates, and base 60 numbers of YAML 1.1.
        || (value[0] is '+' or '-' or (>= '0' and <= '9') && value.AsSpan().IndexOfAnyExcept(s_dateCharacters) < 0);

    private static bool IsPlain(string value, bool inFlow) =>
        !"-?:,[]{}#&*!|>'\"%@` ".Contains(value[0])
        && value[^1] is not (' ' or ':')
        && !value.StartsWith("...", StringComparison.Ordinal)
        && !value.Contains(": ", StringComparison.Ordinal)
        && !value.Contains(" #", StringComparison.Ordinal)
        && !value.Contains('\u00A0')
        && !(inFlow && value.AsSpan().ContainsAny(s_flowIndicators));

    private static string SingleQuoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string DoubleQuoted(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' => text.Append($"\\u{(int)c:X4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
