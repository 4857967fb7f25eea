using System.Security.Cryptography;
using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>
/// AWS Signature Version 4 after its specification, and by nobody's library: it has to find out when the program's is wrong.
/// </summary>
internal static class SignatureV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public static string EmptyPayload { get; } = Hash([]);

    /// <summary>How the time is written: 20261124T000000Z.</summary>
    public const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public static string Hash(byte[] payload) => Convert.ToHexStringLower(SHA256.HashData(payload));

    /// <summary>Encodes everything that is not unreserved in RFC 3986.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    /// <param name="path">As it is sent, percent-encoded; the signature encodes it once more.</param>
    /// <param name="parameters">Decoded; without the signature itself.</param>
    /// <param name="headers">The signed ones, in the order in which they are named.</param>
    public static string CanonicalRequest(
        string method,
        string path,
        IEnumerable<(string Name, string Value)> parameters,
        IReadOnlyList<(string Name, string Value)> headers,
        string payloadHash)
    {
        var query = parameters.Select(parameter => (Name: Encode(parameter.Name), Value: Encode(parameter.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal);
        return string.Join('\n',
        [
            method,
            string.Join('/', path.Split('/').Select(Encode)),
            string.Join('&', query.Select(pair => $"{pair.Name}={pair.Value}")),
            .. headers.Select(header => $"{header.Name}:{Trim(header.Value)}"),
            "",
            string.Join(';', headers.Select(header => header.Name)),
            payloadHash,
        ]);
    }

    /// <summary>The signature, in hex.</summary>
    public static string Sign(string secret, CredentialScope scope, string time, string canonicalRequest)
    {
        var text = $"{Algorithm}\n{time}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}";
        var key = new[] { scope.Date, scope.Region, scope.Service, CredentialScope.End }
            .Aggregate(Encoding.UTF8.GetBytes($"AWS4{secret}"), Mac);
        return Convert.ToHexStringLower(Mac(key, text));
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Trim(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>What a signature is good for: a day, a region, a service.</summary>
internal sealed record CredentialScope(string Date, string Region, string Service)
{
    public const string End = "aws4_request";

    public override string ToString() => $"{Date}/{Region}/{Service}/{End}";
}
