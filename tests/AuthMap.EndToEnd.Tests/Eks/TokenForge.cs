using System.Buffers.Text;
using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>
/// Makes tokens for a cluster: good ones, and with <c>with</c> such as nobody should accept. What is said here is signed, so that a
/// token is refused for what is wrong with it and not for its signature.
/// </summary>
internal sealed record TokenForge(Principal Principal, string ClusterId)
{
    public string Scheme { get; init; } = "https";

    public string Host { get; init; } = "sts.eu-west-1.amazonaws.com";

    public string Region { get; init; } = "eu-west-1";

    public string Path { get; init; } = "/";

    public string Action { get; init; } = "GetCallerIdentity";

    public string Expires { get; init; } = "60";

    public DateTimeOffset Date { get; init; } = DateTimeOffset.UtcNow;

    public bool SignsClusterId { get; init; } = true;

    /// <summary>Further parameters.</summary>
    public IReadOnlyList<(string Name, string Value)> More { get; init; } = [];

    public string Url()
    {
        var time = Date.UtcDateTime.ToString(SignatureV4.TimeFormat);
        var scope = new CredentialScope(time[..8], Region, "sts");
        List<(string Name, string Value)> headers = [("host", Host)];
        if (SignsClusterId)
        {
            headers.Add(("x-k8s-aws-id", ClusterId));
        }

        List<(string Name, string Value)> parameters =
        [
            ("Action", Action),
            ("Version", "2011-06-15"),
            ("X-Amz-Algorithm", SignatureV4.Algorithm),
            ("X-Amz-Credential", $"{Principal.AccessKeyId}/{scope}"),
            ("X-Amz-Date", time),
            ("X-Amz-Expires", Expires),
            ("X-Amz-SignedHeaders", string.Join(';', headers.Select(header => header.Name))),
            .. More,
        ];
        if (Principal.SessionToken is not null)
        {
            parameters.Add(("X-Amz-Security-Token", Principal.SessionToken));
        }

        var canonical = SignatureV4.CanonicalRequest("GET", Path, parameters, headers, SignatureV4.EmptyPayload);
        parameters.Add(("X-Amz-Signature", SignatureV4.Sign(Principal.SecretAccessKey, scope, time, canonical)));
        var query = parameters.Select(pair => $"{SignatureV4.Encode(pair.Name)}={SignatureV4.Encode(pair.Value)}");
        return $"{Scheme}://{Host}{Path}?{string.Join('&', query)}";
    }

    public string Token() => Wrap(Url());

    /// <summary>A token of any URL.</summary>
    public static string Wrap(string url) => $"k8s-aws-v1.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(url))}";
}
