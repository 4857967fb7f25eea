using System.Globalization;
using AuthMap.History;

namespace AuthMap.Cli.Rendering;

/// <summary>What is known of a revision, in words.</summary>
internal static class RevisionText
{
    // A write with --no-history leaves nothing that tells it from another program's.
    private const string ChangedUnrecorded = "changed without history: outside authmap, or with --no-history";

    /// <summary>When it was written, RFC 3339 in UTC.</summary>
    public static string Time(RevisionOrigin origin) =>
        origin.Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What was done, in one line.</summary>
    public static string Change(Revision revision) => revision.Origin?.Summary
        ?? (revision.Number == 1 ? "the map before the first recorded change" : ChangedUnrecorded);
}
