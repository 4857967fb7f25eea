using AuthMap.Yaml;

namespace AuthMap.Manifests;

/// <summary>What an unquoted scalar is to kubectl, which reads manifests with go-yaml v2 as the authenticator reads the map.</summary>
internal static class PlainScalar
{
    public static bool IsNull(string text) => ScalarResolver.ResolvePlain(text) == ScalarType.Null;

    public static bool IsBoolean(string text) => ScalarResolver.ResolvePlain(text) == ScalarType.Boolean;

    public static bool IsNumber(string text) => ScalarResolver.ResolvePlain(text) is ScalarType.Number or ScalarType.NonFinite;

    /// <summary>Whether it can stand unquoted as a key and still be this string.</summary>
    public static bool IsSafeKey(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && ScalarResolver.ResolvePlain(text) == ScalarType.String;
}
