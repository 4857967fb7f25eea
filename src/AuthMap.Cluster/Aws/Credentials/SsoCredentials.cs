using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SSO;
using Amazon.SSO.Model;
using Amazon.SSOOIDC;
using Amazon.SSOOIDC.Model;
using AuthMap.Cluster.Aws.Config;
using AuthMap.Cluster.Manifests;

namespace AuthMap.Cluster.Aws.Credentials;

/// <summary>Credentials of IAM Identity Center, by the sign-in that <c>aws sso login</c> left in <c>~/.aws/sso/cache</c>; a sign-in that
/// can be renewed is renewed there, as every SDK does.</summary>
internal sealed class SsoCredentials(AwsProfile profile, AwsProfile session, HostEnvironment host, AwsClients clients, TimeProvider clock)
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);

    private string Region => session.Need("sso_region");

    private string CachePath
    {
        get
        {
            var key = ReferenceEquals(session, profile) ? session.Need("sso_start_url") : session.Name;
            return Path.Combine(host.HomeDirectory, ".aws", "sso", "cache", $"{Sha1(key)}.json");
        }
    }

    /// <summary>The credentials of a profile.</summary>
    /// <exception cref="AuthMapException">The profile lacks a setting.</exception>
    public static FetchedCredentials Of(
        AwsProfile profile, AwsProfiles profiles, HostEnvironment host, AwsClients clients, TimeProvider clock)
    {
        var session = profile["sso_session"] is not { } name
            ? profile
            : profiles.Section("sso-session", name) ?? throw new AuthMapException(
                FailureKind.Failed, $"profile \"{profile.Name}\" names the sso-session \"{name}\", which is not in {profiles.ConfigPath}");
        session.Need("sso_region");
        profile.Need("sso_account_id");
        profile.Need("sso_role_name");
        return new(new SsoCredentials(profile, session, host, clients, clock).FetchAsync);
    }

    private async Task<RefreshingAWSCredentials.CredentialsRefreshState> FetchAsync()
    {
        var token = await TokenAsync().ConfigureAwait(false);
        try
        {
            var account = profile.Need("sso_account_id");
            using var sso = new AmazonSSOClient(new AnonymousAWSCredentials(), clients.Configure(new AmazonSSOConfig(), Region));
            var answer = await sso.GetRoleCredentialsAsync(new GetRoleCredentialsRequest
            {
                AccessToken = token,
                AccountId = account,
                RoleName = profile.Need("sso_role_name"),
            }).ConfigureAwait(false);
            var role = answer.RoleCredentials;
            return FetchedCredentials.State(
                role.AccessKeyId,
                role.SecretAccessKey,
                role.SessionToken,
                account,
                role.Expiration is { } expiration ? DateTime.UnixEpoch.AddMilliseconds(expiration) : null);
        }
        catch (UnauthorizedException e)
        {
            throw SignIn(e);
        }
        catch (Exception e) when (AwsFailure.IsExpected(e))
        {
            throw AwsFailure.Of(e, $"get the credentials of profile \"{profile.Name}\" from Identity Center", $"sso_region {Region}");
        }
    }

    private async Task<string> TokenAsync()
    {
        var cache = Read();
        var token = Text(cache, "accessToken");
        var now = clock.GetUtcNow();
        if (token is not null && Time(cache, "expiresAt") is { } end && end > now)
        {
            return end - now < RenewBefore && CanRenew(cache, now)
                ? await TryRenewAsync(cache).ConfigureAwait(false) ?? token
                : token;
        }

        return (CanRenew(cache, now) ? await TryRenewAsync(cache).ConfigureAwait(false) : null) ?? throw SignIn(null);
    }

    private static bool CanRenew([NotNullWhen(true)] JsonObject? cache, DateTimeOffset now) =>
        Text(cache, "refreshToken") is not null
        && Text(cache, "clientId") is not null
        && Text(cache, "clientSecret") is not null
        && (Time(cache, "registrationExpiresAt") is not { } end || end > now);

    private async Task<string?> TryRenewAsync(JsonObject cache)
    {
        try
        {
            using var oidc = new AmazonSSOOIDCClient(
                new AnonymousAWSCredentials(), clients.Configure(new AmazonSSOOIDCConfig(), Region));
            var answer = await oidc.CreateTokenAsync(new CreateTokenRequest
            {
                GrantType = "refresh_token",
                RefreshToken = Text(cache, "refreshToken"),
                ClientId = Text(cache, "clientId"),
                ClientSecret = Text(cache, "clientSecret"),
            }).ConfigureAwait(false);
            cache["accessToken"] = answer.AccessToken;
            cache["refreshToken"] = answer.RefreshToken ?? Text(cache, "refreshToken");
            cache["expiresAt"] = clock.GetUtcNow().AddSeconds(answer.ExpiresIn ?? 0).UtcDateTime
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            await AtomicFile.ReplaceAsync(CachePath, CachePath, Encoding.UTF8.GetBytes(cache.ToJsonString()), () => new(true))
                .ConfigureAwait(false);
            return answer.AccessToken;
        }
        catch (AmazonSSOOIDCException)
        {
            // Too old to renew: only a person can sign in.
            return null;
        }
        catch (Exception e) when (AwsFailure.IsExpected(e))
        {
            throw AwsFailure.Of(e, $"renew the sign-in of profile \"{profile.Name}\"", $"sso_region {Region}");
        }
    }

    private JsonObject? Read()
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(CachePath)) as JsonObject;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private AuthMapException SignIn(Exception? cause) => new(
        new Failure(
            FailureKind.Unauthorized,
            $"the sign-in of profile \"{profile.Name}\" to IAM Identity Center is missing or has expired",
            $"sign in with: aws sso login --profile {ShellWord.Of(profile.Name)}"),
        cause);

    private static string? Text(JsonObject? json, string name) =>
        json?[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    // Old versions of the AWS CLI write "2020-06-17T10:02:08UTC".
    private static DateTimeOffset? Time(JsonObject? json, string name)
    {
        var text = Text(json, name)?.Replace("UTC", "Z", StringComparison.Ordinal);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    [SuppressMessage("Security", "CA5350", Justification = "The name of a file that other programs write; nothing is protected by it.")]
    private static string Sha1(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
}
