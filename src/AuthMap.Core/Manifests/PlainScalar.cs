namespace AuthMap.Manifests;

/// <summary>What an unquoted scalar is, by the YAML 1.1 rules of the library that kubectl uses (go-yaml v2).</summary>
internal static class PlainScalar
{
    private static readonly HashSet<string> Nulls = new(["", "~", "null", "Null", "NULL"], StringComparer.Ordinal);

    private static readonly HashSet<string> Booleans = new(
        [
            "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE",
            "n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE",
        ],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Specials = new(
        [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"], StringComparer.Ordinal);

    public static bool IsNull(string text) => Nulls.Contains(text);

    public static bool IsBoolean(string text) => Booleans.Contains(text);

    public static bool IsNumber(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        digits = digits is ['-' or '+', ..] ? digits[1..] : digits;
        return Specials.Contains(digits) || IsDecimal(digits) || digits switch
        {
            ['0', 'x' or 'X', .. { Length: > 0 } hex] => hex.All(char.IsAsciiHexDigit),
            ['0', 'b' or 'B', .. { Length: > 0 } binary] => binary.All(c => c is '0' or '1'),
            ['0', 'o' or 'O', .. { Length: > 0 } octal] => octal.All(c => c is >= '0' and <= '7'),
            _ => false,
        };
    }

    /// <summary>Whether it can stand unquoted as a key and still be this string.</summary>
    public static bool IsSafeKey(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && !IsNull(text)
        && !IsBoolean(text);

    /// <summary>Digits with at most one point, and an exponent: a float to go-yaml, integers of any length included.</summary>
    private static bool IsDecimal(string text)
    {
        var at = text.IndexOfAny(['e', 'E']);
        var mantissa = at < 0 ? text : text[..at];
        var exponent = at < 0 ? "0" : text[(at + 1)..];
        exponent = exponent is ['-' or '+', ..] ? exponent[1..] : exponent;
        return mantissa.Any(char.IsAsciiDigit)
            && mantissa.All(c => char.IsAsciiDigit(c) || c == '.')
            && mantissa.Count(c => c == '.') <= 1
            && exponent.Length > 0
            && exponent.All(char.IsAsciiDigit);
    }
}
