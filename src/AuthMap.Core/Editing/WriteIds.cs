using System.Security.Cryptography;

namespace AuthMap.Editing;

/// <summary>
/// The ids of the last writes, which travel with the object: an annotation that each write of ours sets in the same request. After
/// a lost answer, reading it back tells whether the write happened, even when another authmap has written since.
/// </summary>
/// <remarks>Format of the annotation's value: at most <see cref="Kept"/> ids, newest first, separated by commas; an id is 16
/// lower-case hexadecimal digits, drawn at random once for each change. What has another form is ignored, and dropped by the next
/// write.</remarks>
public static class WriteIds
{
    /// <summary>The annotation's name.</summary>
    public const string Annotation = "authmap/writes";

    /// <summary>How many ids are kept.</summary>
    public const int Kept = 16;

    private const int IdLength = 16;

    /// <summary>Draws an id.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));

    /// <summary>Reads the ids of an object.</summary>
    /// <param name="snapshot">The object.</param>
    /// <returns>The ids, newest first; none where no annotations are kept.</returns>
    public static IReadOnlyList<string> Of(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot.Annotations.TryGetValue(Annotation, out var value)
            ? [.. value.Split(',').Where(id => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower)).Take(Kept)]
            : [];
    }

    /// <summary>The annotation's value for a write on top of what was read.</summary>
    /// <param name="read">The object as it was read.</param>
    /// <param name="id">The id of the write.</param>
    public static string Add(Snapshot read, string id) => string.Join(',', Of(read).Prepend(id).Take(Kept));
}
