namespace AuthMap.EndToEnd;

/// <summary>What a request says about its own signature; nothing of it is proven yet.</summary>
internal sealed record Claim(
    string AccessKeyId, CredentialScope Scope, string Time, string[] SignedHeaders, string Signature, string? SessionToken)
{
    /// <summary>From the parameters of a presigned URL.</summary>
    public static Claim OfQuery(AwsRequest request) => Read(
        Need(request.Parameter("X-Amz-Algorithm"), "X-Amz-Algorithm"),
        Need(request.Parameter("X-Amz-Credential"), "X-Amz-Credential"),
        Need(request.Parameter("X-Amz-Date"), "X-Amz-Date"),
        Need(request.Parameter("X-Amz-SignedHeaders"), "X-Amz-SignedHeaders"),
        Need(request.Parameter("X-Amz-Signature"), "X-Amz-Signature"),
        request.Parameter("X-Amz-Security-Token"));

    /// <summary>From the header <c>Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>.</summary>
    public static Claim OfHeader(AwsRequest request, string authorization)
    {
        var algorithm = authorization.Split(' ', 2);
        var fields = algorithm[^1].Split(',').Select(field => field.Trim().Split('=', 2))
            .Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        return Read(
            algorithm[0],
            Need(fields.GetValueOrDefault("Credential"), "Credential"),
            Need(request["X-Amz-Date"], "X-Amz-Date"),
            Need(fields.GetValueOrDefault("SignedHeaders"), "SignedHeaders"),
            Need(fields.GetValueOrDefault("Signature"), "Signature"),
            request["X-Amz-Security-Token"]);
    }

    private static Claim Read(
        string algorithm, string credential, string time, string signedHeaders, string signature, string? sessionToken) =>
        algorithm == SignatureV4.Algorithm && credential.Split('/') is [var key, var date, var region, var service, CredentialScope.End]
            ? new Claim(
                key, new CredentialScope(date, region, service), time, signedHeaders.Split(';'), signature, sessionToken)
            : throw new SignatureException(SignatureFault.Incomplete, "Credential must have exactly 5 slash-delimited elements.");

    private static string Need(string? value, string name) =>
        value ?? throw new SignatureException(SignatureFault.Incomplete, $"Authorization header requires '{name}' parameter.");
}
