using Amazon.Runtime;
using AuthMap.Cluster.Aws.Config;

namespace AuthMap.Cluster.Aws.Credentials;

/// <summary>The credentials of a profile, through the profiles that it builds on.</summary>
internal sealed class ProfileCredentials(
    AwsProfiles profiles, HostEnvironment host, AwsClients clients, AwsOptions options, TimeProvider clock)
{
    private static readonly string[] _kinds =
        ["role_arn", "sso_session", "sso_start_url", "sso_account_id", "aws_access_key_id", "credential_process", "login_session"];

    /// <summary>Whether a profile says anything about credentials.</summary>
    public static bool HasAny(AwsProfile profile) =>
        _kinds.Any(setting => profile[setting] is not null);

    /// <summary>Finds them; contacts nothing.</summary>
    /// <exception cref="AuthMapException">The profile, or one that it builds on, cannot work.</exception>
    public AWSCredentials Of(AwsProfile profile) => Of(profile, []);

    private AWSCredentials Of(AwsProfile profile, IReadOnlyList<string> path)
    {
        // As in the AWS CLI: the profile itself is a role first; one that is built upon is first of all its keys.
        var isSource = path.Count > 0;
        if (profile["role_arn"] is not null && !(isSource && profile["aws_access_key_id"] is not null))
        {
            return path.Contains(profile.Name, StringComparer.Ordinal)
                ? throw Broken(profile, $"builds on itself: {string.Join(" → ", path.Append(profile.Name))}")
                : Role(profile, [.. path, profile.Name]);
        }

        if (profile["sso_session"] is not null || profile["sso_start_url"] is not null || profile["sso_account_id"] is not null)
        {
            return SsoCredentials.Of(profile, profiles, host, clients, clock);
        }

        if (profile["aws_access_key_id"] is { } id)
        {
            return CredentialChain.Static(
                id, profile.Need("aws_secret_access_key"), profile["aws_session_token"], profile["aws_account_id"]);
        }

        if (profile["credential_process"] is { } command)
        {
            return Process(profile, command);
        }

        throw profile["login_session"] is not null
            ? Broken(
                profile,
                "signs in with aws login, which authmap cannot do",
                "make another profile with credential_process = "
                    + $"aws configure export-credentials --format process --profile {ShellWord.Of(profile.Name)}")
            : new AuthMapException(
                FailureKind.Unauthorized,
                $"profile \"{profile.Name}\" has no credentials",
                $"give it some: aws configure --profile {ShellWord.Of(profile.Name)}; or choose another one with --profile");
    }

    private FetchedCredentials Role(AwsProfile profile, IReadOnlyList<string> path)
    {
        var role = new RoleToAssume(
            profile.Need("role_arn"),
            profile["role_session_name"] ?? SessionName.OfUser(host),
            profile["external_id"],
            profile["mfa_serial"],
            Seconds(profile),
            $"profile \"{profile.Name}\"");
        if (profile["web_identity_token_file"] is { } file)
        {
            return RoleCredentials.AssumeWithToken(role, Path.GetFullPath(file, host.WorkingDirectory), clients);
        }

        return RoleCredentials.Assume(role, Source(profile, path), clients, options);
    }

    private AWSCredentials Source(AwsProfile profile, IReadOnlyList<string> path) => (
        profile["source_profile"], profile["credential_source"]) switch
    {
        ({ } source, null) => Of(profiles.Get(source, $"source_profile of profile \"{profile.Name}\""), path),
        (null, "Environment") => CredentialChain.OfEnvironment(host) ?? throw Broken(
            profile, "takes its credentials from the environment, where AWS_ACCESS_KEY_ID is not set"),
        (null, "EcsContainer") => MetadataCredentials.OfContainer(host, clock) ?? throw Broken(
            profile, "takes its credentials from a container, and this is none"),
        (null, "Ec2InstanceMetadata") => MetadataCredentials.OfInstance(host, clock) ?? throw Broken(
            profile, "takes its credentials from the EC2 instance, which AWS_EC2_METADATA_DISABLED forbids"),
        (null, { } other) => throw Broken(
            profile, $"has an unknown credential_source: {other}", "there is Environment, EcsContainer, Ec2InstanceMetadata"),
        (null, null) => throw Broken(profile, "has a role_arn, but neither source_profile nor credential_source"),
        _ => throw Broken(profile, "has both source_profile and credential_source", "keep one of them"),
    };

    private static FetchedCredentials Process(AwsProfile profile, string command)
    {
        var process = new ProcessAWSCredentials(command, profile["aws_account_id"]);
        return new(async () =>
        {
            try
            {
                return await process.DetermineProcessCredentialAsync().ConfigureAwait(false);
            }
            catch (ProcessAWSCredentialException e)
            {
                throw AwsFailure.OfProcess(e, profile.Name);
            }
        });
    }

    private static int? Seconds(AwsProfile profile) => profile["duration_seconds"] switch
    {
        null => null,
        { } text when int.TryParse(text, out var seconds) && seconds is >= 900 and <= 43_200 => seconds,
        { } text => throw Broken(profile, $"has a duration_seconds of {text}: 900 to 43200 are possible"),
    };

    private static AuthMapException Broken(AwsProfile profile, string what, string? hint = null) =>
        new(FailureKind.Failed, $"profile \"{profile.Name}\" {what}", hint);
}
