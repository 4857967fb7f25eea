using Amazon.Runtime;
using AuthMap.Cluster.Aws.Config;

namespace AuthMap.Cluster.Aws.Credentials;

/// <summary>Credentials and where they come from, as part of a sentence: <c>profile "dev"</c>.</summary>
internal sealed record FoundCredentials(AWSCredentials Credentials, string Origin);

/// <summary>Looks for credentials where every SDK looks: a profile that was asked for; else the environment, a web identity, the
/// profile of <c>AWS_PROFILE</c> or "default", the container, the instance.</summary>
internal sealed class CredentialChain(AwsProfiles profiles, HostEnvironment host, AwsClients clients, AwsOptions options, TimeProvider clock)
{
    /// <summary>Finds the first credentials there are; contacts nothing.</summary>
    /// <param name="profile">The profile that was asked for; null: whatever there is.</param>
    /// <param name="fallback">The profile to look into otherwise; null for none.</param>
    /// <exception cref="AuthMapException">There are none, or what there is cannot work.</exception>
    public FoundCredentials Find(AwsProfile? profile, AwsProfile? fallback)
    {
        if (profile is not null)
        {
            return new(new ProfileCredentials(profiles, host, clients, options, clock).Of(profile), Named(profile));
        }

        if (OfEnvironment(host) is { } keys)
        {
            return new(keys, "the credentials of the environment");
        }

        if (host["AWS_WEB_IDENTITY_TOKEN_FILE"] is { } file && host["AWS_ROLE_ARN"] is { } role)
        {
            const string Origin = "the web identity of the environment";
            var name = host["AWS_ROLE_SESSION_NAME"] ?? SessionName.OfUser(host);
            var wanted = new RoleToAssume(role, name, ExternalId: null, MfaDevice: null, Seconds: null, Origin);
            return new(RoleCredentials.AssumeWithToken(wanted, file, clients), Origin);
        }

        if (fallback is not null && ProfileCredentials.HasAny(fallback))
        {
            return new(new ProfileCredentials(profiles, host, clients, options, clock).Of(fallback), Named(fallback));
        }

        if (MetadataCredentials.OfContainer(host, clock) is { } container)
        {
            return new(container, "the credentials of the container");
        }

        return new(
            MetadataCredentials.OfInstance(host, clock) is { } instance ? OrNone(instance) : throw None(null),
            "the credentials of the EC2 instance");
    }

    /// <summary>The keys of the environment; null when there are none.</summary>
    /// <exception cref="AuthMapException">One half is there, the other is not.</exception>
    public static AWSCredentials? OfEnvironment(HostEnvironment host)
    {
        var (id, secret, token) = (host["AWS_ACCESS_KEY_ID"], host["AWS_SECRET_ACCESS_KEY"], host["AWS_SESSION_TOKEN"]);
        return (id, secret) switch
        {
            (null, null) => null,
            
            // AWS_ACCOUNT_ID is not believed: many scripts have it for the account that they work on, whoever they are.
            (not null, not null) => Static(id, secret, token, account: null),
            _ => throw new AuthMapException(
                FailureKind.Unauthorized,
                $"{(id is null ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID")} is set, and "
                    + $"{(id is null ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY")} is not",
                "set both or none of them"),
        };
    }

    /// <summary>Keys that somebody wrote down.</summary>
    public static AWSCredentials Static(string id, string secret, string? token, string? account) => token is null
        ? new BasicAWSCredentials(id, secret, account)
        : new SessionAWSCredentials(id, secret, token, account);

    private static string Named(AwsProfile profile) => $"profile \"{profile.Name}\"";

    // On a machine that is no instance this is where the search ends.
    private FetchedCredentials OrNone(FetchedCredentials instance) => new(async () =>
    {
        try
        {
            var credentials = await instance.GetCredentialsAsync().ConfigureAwait(false);
            return new(credentials, instance.Expiration ?? DateTime.MaxValue);
        }
        catch (AuthMapException e)
        {
            throw None(e);
        }
    });

    private AuthMapException None(AuthMapException? instance) => new(
        new Failure(
            FailureKind.Unauthorized,
            "there are no AWS credentials",
            [
                "AWS_ACCESS_KEY_ID is not set",
                $"profile \"{AwsProfiles.Usual(host)}\" has none in {profiles.ConfigPath} and {profiles.CredentialsPath}",
                instance?.Failure.Message ?? "the instance metadata of EC2 is not asked: AWS_EC2_METADATA_DISABLED",
            ],
            profiles.Names.Count == 0
                ? "set some up with: aws configure"
                : $"choose a profile with --profile; there is {string.Join(", ", profiles.Names)}"),
        instance);
}
