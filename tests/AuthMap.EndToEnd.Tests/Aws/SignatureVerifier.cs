using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>Finds out who signed a request, in its headers or in its query.</summary>
/// <param name="service">The signing name of the service that asks.</param>
/// <param name="age">For how long a signature is good. (AWS does not look at the X-Amz-Expires of a presigned URL here.)</param>
internal sealed class SignatureVerifier(Iam iam, string service, TimeProvider clock, TimeSpan age)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private const string Wrong =
        "The request signature we calculated does not match the signature you provided. "
        + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

    /// <exception cref="SignatureException">Nobody did.</exception>
    public Caller Verify(AwsRequest request)
    {
        var claim = request.Parameter("X-Amz-Algorithm") is not null ? Claim.OfQuery(request)
            : request["Authorization"] is { } authorization ? Claim.OfHeader(request, authorization)
            : throw new SignatureException(SignatureFault.Missing, "Missing Authentication Token");

        var principal = iam.Find(claim.AccessKeyId);
        if (principal is null || principal.SessionToken != claim.SessionToken)
        {
            throw new SignatureException(SignatureFault.UnknownKey, "The security token included in the request is invalid.");
        }

        if (principal.Expires <= clock.GetUtcNow())
        {
            throw new SignatureException(SignatureFault.ExpiredSession, "The security token included in the request is expired");
        }

        CheckTime(claim.Time);
        CheckScope(claim);
        CheckSignature(request, claim, principal);
        return new Caller(principal, claim.Scope.Region);
    }

    private void CheckTime(string written)
    {
        if (!DateTimeOffset.TryParseExact(
            written, SignatureV4.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw new SignatureException(
                SignatureFault.Incomplete, $"Date must be in ISO-8601 'basic format'. Got '{written}'.");
        }

        var now = clock.GetUtcNow();
        var (earliest, latest) = (now - age, now + Early);
        if (time < earliest)
        {
            throw new SignatureException(SignatureFault.WrongTime,
                $"Signature expired: {written} is now earlier than {Write(earliest)} ({Write(now)} - {age.TotalMinutes} min.)");
        }

        if (time > latest)
        {
            throw new SignatureException(SignatureFault.WrongTime,
                $"Signature not yet current: {written} is still later than {Write(latest)} ({Write(now)} + {Early.TotalMinutes} min.)");
        }

        static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(SignatureV4.TimeFormat);
    }

    private void CheckScope(Claim claim)
    {
        if (claim.Scope.Service != service)
        {
            throw new SignatureException(SignatureFault.Mismatch, $"Credential should be scoped to correct service: '{service}'.");
        }

        if (!claim.Time.StartsWith(claim.Scope.Date, StringComparison.Ordinal))
        {
            throw new SignatureException(SignatureFault.Mismatch, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.");
        }
    }

    private static void CheckSignature(AwsRequest request, Claim claim, Principal principal)
    {
        if (!claim.SignedHeaders.Contains("host"))
        {
            throw new SignatureException(SignatureFault.Mismatch, "'Host' must be a 'SignedHeader' in the AWS Authorization.");
        }

        var payload = SignatureV4.Hash(request.Body);
        if (request["x-amz-content-sha256"] is { } announced && announced != payload)
        {
            throw new SignatureException(SignatureFault.Mismatch, Wrong);
        }

        var canonical = SignatureV4.CanonicalRequest(
            request.Method,
            request.Path,
            request.Parameters.Where(parameter => parameter.Name != "X-Amz-Signature"),
            [.. claim.SignedHeaders.Select(name => (name, request[name] ?? throw new SignatureException(SignatureFault.Mismatch, Wrong)))],
            payload);
        var expected = SignatureV4.Sign(principal.SecretAccessKey, claim.Scope, claim.Time, canonical);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(claim.Signature)))
        {
            throw new SignatureException(SignatureFault.Mismatch, Wrong);
        }
    }
}

/// <summary>Who called, and the region it was meant for.</summary>
internal sealed record Caller(Principal Principal, string Region);
