using System.Globalization;

namespace AuthMap.Cluster.Backups;

/// <summary>Names of backup files: the UTC time to the millisecond, so that they sort by age, as <c>20261124T132501.123Z.yaml</c>.</summary>
internal static class BackupName
{
    private const string Format = "yyyyMMdd'T'HHmmss.fff'Z.yaml'";
    private static readonly int Length = Of(DateTimeOffset.UnixEpoch).Length;

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Whether a file is a backup, or the beginning of one that a crash left.</summary>
    public static bool IsOurs(string name) =>
        name.Length >= Length
        && DateTime.TryParseExact(name[..Length], Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && (name.Length == Length || name.EndsWith(".tmp", StringComparison.Ordinal));
}
