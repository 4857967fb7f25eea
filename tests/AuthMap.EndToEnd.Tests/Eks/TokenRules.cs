using System.Globalization;
using System.Text.RegularExpressions;

namespace AuthMap.EndToEnd;

/// <summary>What an authenticator checks of a token before it asks STS, in the order in which it does.</summary>
internal sealed partial class TokenRules(string clusterId, string partition, TimeProvider clock)
{
    private const string Prefix = "k8s-aws-v1.";

    private static readonly string[] KnownParameters =
    [
        "action", "version", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-expires", "x-amz-security-token",
        "x-amz-signature", "x-amz-signedheaders",
    ];

    /// <summary>The request that the token stands for.</summary>
    /// <exception cref="TokenRefusedException">The token is no good.</exception>
    public AwsRequest Read(string token)
    {
        var url = Decode(token);
        Check(url.Scheme == "https", $"unexpected scheme \"{url.Scheme}\"");
        Check(StsHost.IsAllowed(url.Host, partition), $"unexpected host \"{url.Host}\"");
        Check(url.Path == "/", "unexpected path");
        Check(!url.Query.Contains(';'), "malformed query");

        var parameters = AwsRequest.ReadParameters(url.Query);
        var names = parameters.Select(parameter => parameter.Name.ToLowerInvariant()).ToList();
        Check(names.All(KnownParameters.Contains), "non-whitelisted query parameter");
        Check(names.Distinct().Count() == names.Count, "query parameter with multiple values");
        var values = parameters.ToDictionary(parameter => parameter.Name.ToLowerInvariant(), parameter => parameter.Value);

        Check(values.GetValueOrDefault("action") == "GetCallerIdentity", "unexpected action parameter");
        Check(
            values.GetValueOrDefault("x-amz-signedheaders", "").Split(';').Contains("x-k8s-aws-id", StringComparer.OrdinalIgnoreCase),
            "client did not sign the x-k8s-aws-id header");
        Check(
            int.TryParse(values.GetValueOrDefault("x-amz-expires"), out var expires) && expires is >= 0 and <= 900,
            "invalid X-Amz-Expires parameter");
        Check(
            DateTimeOffset.TryParseExact(
                values.GetValueOrDefault("x-amz-date"), SignatureV4.TimeFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var date),
            "error parsing X-Amz-Date parameter");
        Check(clock.GetUtcNow() - date <= TimeSpan.FromMinutes(15), "X-Amz-Date parameter is expired");

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["host"] = url.Host,
            ["x-k8s-aws-id"] = clusterId,
            ["accept"] = "application/json",
        };
        return new AwsRequest("GET", url.Path, url.Query, headers, []);
    }

    private static (string Scheme, string Host, string Path, string Query) Decode(string token)
    {
        Check(token.Length <= 4096, "token is too large");
        Check(token.StartsWith(Prefix, StringComparison.Ordinal), $"token is missing expected \"{Prefix}\" prefix");
        var text = token[Prefix.Length..].ReplaceLineEndings("");
        Check(RawBase64Url().IsMatch(text) && text.Length % 4 != 1, "illegal base64 data");
        var url = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text));

        // By hand, since System.Uri would put upper case, a default port or dots in the path right.
        var match = Url().Match(url);
        Check(match.Success, "malformed URL");
        return (match.Groups["scheme"].Value, match.Groups["host"].Value, match.Groups["path"].Value, match.Groups["query"].Value);
    }

    private static void Check(bool isGood, string otherwise)
    {
        if (!isGood)
        {
            throw new TokenRefusedException(otherwise);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]*$")]
    private static partial Regex RawBase64Url();

    [GeneratedRegex(@"^(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://(?:[^/?#@]*@)?(?<host>[^/?#]*)(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?:#.*)?$")]
    private static partial Regex Url();
}

/// <summary>A token that is refused, and why.</summary>
internal sealed class TokenRefusedException(string reason) : Exception(reason);
