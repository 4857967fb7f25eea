namespace AuthMap.Authenticator;

/// <summary>Field names as Go's <c>encoding/json</c> matches them.</summary>
internal static class FieldNames
{
    /// <summary>
    /// Whether a key names a field: any case, and the two non-ASCII letters that fold to ASCII ones (U+017F to s, U+212A to k).
    /// </summary>
    /// <param name="key">The key as written.</param>
    /// <param name="field">The field's name, lower-case.</param>
    public static bool Match(string key, string field) =>
        key.Length == field.Length
        && (key == field
            || string.Equals(key, field, StringComparison.OrdinalIgnoreCase)
            || string.Equals(key.Replace('\u017F', 's').Replace('\u212A', 'k'), field, StringComparison.OrdinalIgnoreCase));
}
