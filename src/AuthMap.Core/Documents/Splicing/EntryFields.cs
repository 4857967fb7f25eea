using AuthMap.Authenticator;
using AuthMap.Yaml;

namespace AuthMap.Documents.Splicing;

/// <summary>The fields of an entry's mapping, as written.</summary>
internal static class EntryFields
{
    /// <summary>The pair that gives a field its value: of several spellings the last in byte order, of equal ones the last.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="field">The field's name, lower-case.</param>
    /// <returns>The pair's index; -1 when the entry does not write the field itself.</returns>
    public static int Find(YamlMapping entry, string field)
    {
        var found = -1;
        for (var i = 0; i < entry.Pairs.Count; i++)
        {
            if (entry.Pairs[i].Key is YamlScalar key
                && FieldNames.Match(key.Value, field)
                && (found < 0 || Utf8Order.Compare(((YamlScalar)entry.Pairs[found].Key).Value, key.Value) <= 0))
            {
                found = i;
            }
        }

        return found;
    }

    /// <summary>The value of a field; null when the entry does not write it itself.</summary>
    public static YamlNode? Value(YamlMapping entry, string field) =>
        Find(entry, field) is >= 0 and var index ? entry.Pairs[index].Value : null;
}
