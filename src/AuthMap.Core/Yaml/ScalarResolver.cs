using System.Globalization;
using System.Text;

namespace AuthMap.Yaml;

/// <summary>Types scalars as go-yaml v2 does: YAML 1.1, with the deviations of that library.</summary>
internal static class ScalarResolver
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>Types a scalar.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="text">Its text as a string value; that of a <c>!!binary</c> is decoded.</param>
    /// <exception cref="YamlFaultException">Its tag contradicts its text, which is fatal for the document.</exception>
    public static ScalarType Resolve(YamlScalar scalar, out string text)
    {
        text = scalar.Value;
        if (scalar.Tag is null)
        {
            return scalar.IsImplicit ? ResolvePlain(scalar.Value) : ScalarType.String;
        }

        var name = scalar.Tag.StartsWith(Prefix, StringComparison.Ordinal) ? scalar.Tag[Prefix.Length..] : "";
        if (name == "binary")
        {
            text = DecodeBinary(scalar);
            return ScalarType.String;
        }

        if (name is not ("bool" or "int" or "float" or "null" or "timestamp"))
        {
            return ScalarType.String;
        }

        var type = ResolvePlain(scalar.Value);
        var agrees = name switch
        {
            "bool" => type == ScalarType.Boolean,
            "int" => type == ScalarType.Number && IsInteger(scalar.Value.Replace("_", "", StringComparison.Ordinal)),
            "float" => type is ScalarType.Number or ScalarType.NonFinite,
            "null" => type == ScalarType.Null,
            _ => type == ScalarType.String && IsTimestamp(scalar.Value),
        };
        return agrees ? type : throw new YamlFaultException(scalar.Position, $"'{scalar.Value}' is not a value of type !!{name}");
    }

    /// <summary>Types a plain scalar without a tag.</summary>
    /// <param name="value">Its text.</param>
    public static ScalarType ResolvePlain(string value)
    {
        if (value.Length == 0)
        {
            return ScalarType.Null;
        }

        var first = value[0];
        if (first is not ('+' or '-' or '.' or '~' or (>= '0' and <= '9')) && !"yYnNtTfFoO".Contains(first, StringComparison.Ordinal))
        {
            return ScalarType.String;
        }

        switch (value)
        {
            case "~" or "null" or "Null" or "NULL":
                return ScalarType.Null;
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return ScalarType.Boolean;
            case ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF":
            case "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF":
                return ScalarType.NonFinite;
            default:
                break;
        }

        if (first == '.')
        {
            return IsFloat(value) ? ScalarType.Number : ScalarType.String;
        }

        if (first is not ('+' or '-' or (>= '0' and <= '9')))
        {
            return ScalarType.String;
        }

        var digits = value.Replace("_", "", StringComparison.Ordinal);
        return IsInteger(digits) || IsFloat(digits) ? ScalarType.Number : ScalarType.String;
    }

    // As Go's strconv.ParseInt with base 0, then ParseUint: a range check, and no sign for the upper half.
    private static bool IsInteger(string digits)
    {
        var signed = digits.StartsWith('+') || digits.StartsWith('-');
        var body = signed ? digits.AsSpan(1) : digits;
        var (radix, skip) = body switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        body = body[skip..];
        if (body.IsEmpty)
        {
            return false;
        }

        UInt128 value = 0;
        foreach (var c in body)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 16;
            if (digit >= radix)
            {
                return false;
            }

            value = (value * (UInt128)radix) + (UInt128)digit;
            if (value > ulong.MaxValue)
            {
                return false;
            }
        }

        return !signed || value <= (digits[0] == '-' ? (UInt128)1 << 63 : long.MaxValue);
    }

    // go-yaml's pattern [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?; an overflow leaves the text a text.
    private static bool IsFloat(string text)
    {
        var rest = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        var whole = TakeDigits(ref rest);
        var fraction = 0;
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (rest is ['e' or 'E', .. var exponent])
        {
            rest = exponent is ['+' or '-', ..] ? exponent[1..] : exponent;
            if (TakeDigits(ref rest) == 0)
            {
                return false;
            }
        }

        return rest.IsEmpty && double.IsFinite(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static int TakeDigits(ref ReadOnlySpan<char> rest)
    {
        var count = rest.IndexOfAnyExceptInRange('0', '9');
        count = count < 0 ? rest.Length : count;
        rest = rest[count..];
        return count;
    }

    private static string DecodeBinary(YamlScalar scalar)
    {
        var encoded = scalar.Value.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        var bytes = new byte[encoded.Length];
        return !encoded.AsSpan().ContainsAny(' ', '\t') && Convert.TryFromBase64String(encoded, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : throw new YamlFaultException(scalar.Position, "a !!binary value is not valid base64");
    }

    // The layouts that go-yaml tries for a timestamp.
    private static bool IsTimestamp(string text)
    {
        string[] layouts = ["yyyy-M-dTH:m:s.FFFFFFFK", "yyyy-M-dtH:m:s.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFF", "yyyy-M-d"];
        return DateTime.TryParseExact(text, layouts, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }
}
