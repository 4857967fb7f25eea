namespace AuthMap.Cluster.Manifests;

/// <summary>
/// Tells contents apart: FNV-1a of 64 bits, and the length. Nobody gains by forging one, and the framework's own hashes load
/// OpenSSL first, which costs more than everything else that is done to a manifest.
/// </summary>
internal static class Fingerprint
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Offset;
        foreach (var one in bytes)
        {
            hash = unchecked((hash ^ one) * Prime);
        }

        return $"{hash:x16}-{bytes.Length}";
    }
}
