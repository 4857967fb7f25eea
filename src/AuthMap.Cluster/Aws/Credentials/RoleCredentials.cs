using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using AuthMap.Arns;

namespace AuthMap.Cluster.Aws.Credentials;

/// <summary>A role to assume.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="SessionName">What the session is called: 2 to 64 of <c>A-Za-z0-9_+=,.@-</c>.</param>
/// <param name="ExternalId">The external id that its trust policy wants.</param>
/// <param name="MfaDevice">The MFA device (serial number or ARN) that its trust policy wants.</param>
/// <param name="Seconds">How long the session lasts; null for STS's default of one hour.</param>
/// <param name="Origin">Who assumes it, for messages: <c>profile dev</c>.</param>
internal sealed record RoleToAssume(
    string Arn, string SessionName, string? ExternalId, string? MfaDevice, int? Seconds, string Origin);

/// <summary>Credentials of assumed roles. Ours instead of the SDK's: with the native binary those sign with other credentials
/// than the source profile's.</summary>
internal static class RoleCredentials
{
    /// <summary>Assumes a role with credentials.</summary>
    public static FetchedCredentials Assume(RoleToAssume role, AWSCredentials source, AwsClients clients, AwsOptions options) => new(async () =>
    {
        try
        {
            var request = new AssumeRoleRequest
            {
                RoleArn = role.Arn,
                RoleSessionName = role.SessionName,
                ExternalId = role.ExternalId,
                DurationSeconds = role.Seconds,
                SerialNumber = role.MfaDevice,
                TokenCode = role.MfaDevice is { } device ? MfaCode(device, role, options) : null,
            };
            using var sts = clients.Sts(source);
            var answer = await sts.AssumeRoleAsync(request).ConfigureAwait(false);
            return State(answer.Credentials, answer.AssumedRoleUser?.Arn ?? role.Arn);
        }
        catch (Exception e) when (AwsFailure.IsExpected(e))
        {
            throw AwsFailure.OfRole(e, role.Arn, role.Origin);
        }
    });

    /// <summary>Assumes a role with a token of another identity provider, as pods with IAM roles for service accounts do.</summary>
    /// <param name="role">The role.</param>
    /// <param name="tokenFile">The file that holds the token; read each time, since the token is renewed there.</param>
    /// <param name="clients">Makes the client of STS.</param>
    public static FetchedCredentials AssumeWithToken(RoleToAssume role, string tokenFile, AwsClients clients) => new(async () =>
    {
        try
        {
            var request = new AssumeRoleWithWebIdentityRequest
            {
                RoleArn = role.Arn,
                RoleSessionName = role.SessionName,
                DurationSeconds = role.Seconds,
                WebIdentityToken = (await File.ReadAllTextAsync(tokenFile).ConfigureAwait(false)).Trim(),
            };
            using var sts = clients.Sts(new AnonymousAWSCredentials());
            var answer = await sts.AssumeRoleWithWebIdentityAsync(request).ConfigureAwait(false);
            return State(answer.Credentials, answer.AssumedRoleUser?.Arn ?? role.Arn);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuthMapException(
                new Failure(FailureKind.Unauthorized, $"cannot read the web identity token {tokenFile}: {e.Message}"), e);
        }
        catch (Exception e) when (AwsFailure.IsExpected(e))
        {
            throw AwsFailure.OfRole(e, role.Arn, role.Origin);
        }
    });

    private static string MfaCode(string device, RoleToAssume role, AwsOptions options) =>
        options.AskMfaCode?.Invoke(device) is { Length: > 0 } code
            ? code.Trim()
            : throw new AuthMapException(
                FailureKind.Unauthorized,
                $"{role.Arn} needs the code of the MFA device {device} ({role.Origin}), and nobody can be asked",
                "run it on a terminal, or use credentials that have been issued with a code");

    private static RefreshingAWSCredentials.CredentialsRefreshState State(Amazon.SecurityToken.Model.Credentials? credentials, string arn) =>
        credentials is { AccessKeyId: { } id, SecretAccessKey: { } secret, SessionToken: var token, Expiration: var end }
            ? FetchedCredentials.State(id, secret, token, Arn.TryParse(arn, out var parts, out _) ? parts.Account : null, end?.ToUniversalTime())
            : throw new AmazonClientException("the answer holds no credentials");
}
