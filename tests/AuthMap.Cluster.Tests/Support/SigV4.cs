using System.Security.Cryptography;
using System.Text;

namespace AuthMap.Cluster.Tests.Support;

/// <summary>AWS Signature Version 4, written from its specification and not from the SDK: the other side of every signature.</summary>
public static class SigV4
{
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>The signature of a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path as it is on the wire; every service but S3 escapes it once more.</param>
    /// <param name="query">The query as it is on the wire, without the signature.</param>
    /// <param name="headers">The signed headers.</param>
    /// <param name="payloadHash">SHA-256 of the body.</param>
    /// <param name="date">X-Amz-Date.</param>
    /// <param name="region">The region of the scope.</param>
    /// <param name="service">The service of the scope.</param>
    /// <param name="secret">The secret access key.</param>
    public static string Sign(
        string method, string path, string query, IEnumerable<(string Name, string Value)> headers, string payloadHash,
        string date, string region, string service, string secret)
    {
        var sorted = headers.Select(h => (Name: h.Name.ToLowerInvariant(), h.Value)).OrderBy(h => h.Name, StringComparer.Ordinal).ToList();
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Encode(Decode(pair[0])), Value: pair.Length > 1 ? Encode(Decode(pair[1])) : ""))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal);
        var canonical = string.Join('\n',
        [
            method,
            string.Join('/', path.Split('/').Select(Encode)),
            string.Join('&', parameters.Select(pair => $"{pair.Name}={pair.Value}")),
            .. sorted.Select(h => $"{h.Name}:{h.Value.Trim()}"),
            "",
            string.Join(';', sorted.Select(h => h.Name)),
            payloadHash,
        ]);
        var scope = $"{date[..8]}/{region}/{service}/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = new[] { date[..8], region, service, "aws4_request" }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Decode(string text) => Uri.UnescapeDataString(text.Replace("+", "%20", StringComparison.Ordinal));

    private static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text)
        .Select(b => char.IsAsciiLetterOrDigit((char)b) || "-._~".Contains((char)b) ? ((char)b).ToString() : $"%{b:X2}"));
}
