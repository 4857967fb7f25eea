using System.Security.Cryptography;
using System.Text;
using Amazon.EKS;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using AuthMap.Arns;
using AuthMap.Cluster.Aws.Config;
using AuthMap.Cluster.Aws.Credentials;

namespace AuthMap.Cluster.Aws;

/// <summary>Who calls AWS, and where: credentials and region, found as every SDK finds them.</summary>
internal sealed class AwsSession : IDisposable
{
    private static readonly TimeSpan CallerTimeout = TimeSpan.FromSeconds(3);

    private readonly FoundCredentials _found;
    private readonly AwsClients _clients;
    private readonly AwsHttp _http;
    private readonly TimeProvider _clock;
    private Task<string?>? _caller;

    private AwsSession(string region, FoundCredentials found, AwsClients clients, AwsHttp http, TimeProvider clock)
    {
        Region = region;
        _found = found;
        _clients = clients;
        _http = http;
        _clock = clock;
    }

    /// <summary>The region's name.</summary>
    public string Region { get; }

    /// <summary>Where the credentials come from, as part of a sentence: <c>profile "dev"</c>, <c>the credentials of the environment</c>,
    /// <c>role ARN by profile "dev"</c>.</summary>
    public string Origin => _found.Origin;

    /// <summary>What was tried, for messages: <c>profile "dev", region eu-west-1</c>.</summary>
    public string Tried => $"{Origin}, region {Region}";

    /// <summary>The credentials as the SDK takes them, with the role on top that was asked for. Getting them may fail with an
    /// <see cref="AuthMapException"/>.</summary>
    public AWSCredentials Credentials => _found.Credentials;

    /// <summary>The URL of the EKS API in the region, as <c>AWS_ENDPOINT_URL_EKS</c> and its kin have it.</summary>
    /// <exception cref="AuthMapException">The partition has no such endpoints as were asked for.</exception>
    public Uri EksEndpoint => Endpoint(() => _clients.EksEndpoint);

    /// <summary>Finds the region and the kind of credentials. Reads files and variables; contacts nothing.</summary>
    /// <exception cref="AuthMapException">No region, no such profile (<see cref="FailureKind.Usage"/>), no credentials, or a profile
    /// that cannot work.</exception>
    public static AwsSession Open(AwsSettings settings, HostEnvironment host, AwsOptions options, TimeProvider clock)
    {
        CheckRole(settings);
        var profiles = AwsProfiles.Read(host);
        var asked = settings.Profile is { } profile ? profiles.Get(profile, "--profile") : null;
        var usual = asked is null ? Usual(profiles, host) : null;
        var region = AwsRegion.Find(settings.Region, host, asked ?? usual);
        var http = new AwsHttp(host, host["AWS_CA_BUNDLE"] ?? (asked ?? usual)?["ca_bundle"], options, clock);
        try
        {
            var clients = new AwsClients(region, asked ?? usual, profiles, host, http);
            var found = new CredentialChain(profiles, host, clients, options, clock).Find(asked, usual);
            if (settings.RoleArn is { } role)
            {
                var name = settings.RoleSessionName ?? SessionName.OfUser(host);
                var wanted = new RoleToAssume(role, name, settings.ExternalId, MfaDevice: null, Seconds: null, found.Origin);
                found = new(RoleCredentials.Assume(wanted, found.Credentials, clients, options), $"role {role} by {found.Origin}");
            }

            return new(region, found, clients, http, clock);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Who calls, as far as that can be told without asking: the account where the credentials carry it, else a hash of the
    /// access key id. Two callers of different accounts never have the same; holds no secret. Gets the credentials, so this is the
    /// first thing to do with a session.</summary>
    /// <exception cref="AuthMapException">There are no credentials.</exception>
    public async ValueTask<string> IdentityAsync(CancellationToken cancellationToken)
    {
        var credentials = await CredentialsAsync(cancellationToken).ConfigureAwait(false);
        return credentials.AccountId is { Length: > 0 } account
            ? $"account {account}"
            : $"key {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(credentials.AccessKey)))}";
    }

    /// <summary>The caller's ARN as STS knows it; null when it does not say so within three seconds. Asked once.</summary>
    public async ValueTask<string?> CallerArnAsync(CancellationToken cancellationToken) =>
        await (_caller ??= AskCallerAsync()).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>A client of the EKS API in this region; its calls throw what the SDK throws, which <see cref="AwsFailure.Of"/>
    /// translates.</summary>
    public AmazonEKSClient CreateEksClient() => _clients.Eks(Credentials);

    /// <summary>Whether the clock here is so wrong that a signature by it may be refused; false until the EKS API has answered. A
    /// little is nothing: what an API says of its time is in whole seconds, and old when it arrives.</summary>
    public bool IsClockWrong => ClockCorrection.Duration() > TimeSpan.FromMinutes(1);

    private TimeSpan ClockCorrection => CorrectClockSkew.GetClockCorrectionForEndpoint(EksEndpoint.AbsoluteUri);

    /// <summary>A token that proves the caller to a cluster's API server; made here, without a request. A secret.</summary>
    /// <param name="clusterId">The cluster's name; of a local cluster on an Outpost, its id.</param>
    /// <param name="cancellationToken">Ends the wait for credentials.</param>
    /// <exception cref="AuthMapException">There are no credentials.</exception>
    public async ValueTask<string> ClusterTokenAsync(string clusterId, CancellationToken cancellationToken)
    {
        var credentials = await CredentialsAsync(cancellationToken).ConfigureAwait(false);

        // A clock that the EKS API has found wrong is wrong for STS, too.
        var now = _clock.GetUtcNow() + ClockCorrection;
        return ClusterToken.Make(clusterId, credentials, Region, Endpoint(() => _clients.PublicStsEndpoint), now);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static AwsProfile? Usual(AwsProfiles profiles, HostEnvironment host)
    {
        var name = AwsProfiles.Usual(host);

        // Keys of the environment come before it, and then it need not be there.
        return name == AwsProfiles.Default || CredentialChain.OfEnvironment(host) is not null
            ? profiles.Find(name)
            : profiles.Get(name, "AWS_PROFILE");
    }

    private static void CheckRole(AwsSettings settings)
    {
        if (settings.RoleArn is null)
        {
            if (settings.ExternalId is not null || settings.RoleSessionName is not null)
            {
                throw new AuthMapException(
                    FailureKind.Usage,
                    $"{(settings.ExternalId is null ? "--role-session-name" : "--external-id")} goes with --role-arn",
                    "name the role to assume with --role-arn");
            }

            return;
        }

        if (!Arn.TryParse(settings.RoleArn, out var arn, out _)
            || arn is not { Service: "iam", Region: "" }
            || !arn.Resource.StartsWith("role/", StringComparison.Ordinal)
            || !AccountId.IsValid(arn.Account))
        {
            throw new AuthMapException(
                FailureKind.Usage,
                $"--role-arn {settings.RoleArn} is not the ARN of an IAM role",
                "the form is arn:aws:iam::111122223333:role/NAME");
        }

        if (settings.RoleSessionName is { } name && !SessionName.IsValid(name))
        {
            throw new AuthMapException(
                FailureKind.Usage,
                $"--role-session-name {name} cannot be the name of a session",
                "STS takes 2 to 64 letters, digits and _+=,.@-");
        }
    }

    private async ValueTask<ImmutableCredentials> CredentialsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Credentials.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (AwsFailure.IsExpected(e))
        {
            throw AwsFailure.Of(e, "get AWS credentials", Tried);
        }
    }

    private async Task<string?> AskCallerAsync()
    {
        try
        {
            using var time = new CancellationTokenSource(CallerTimeout, _clock);
            using var sts = _clients.Sts(Credentials, attempts: 1);
            var answer = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), time.Token)
                .WaitAsync(time.Token).ConfigureAwait(false);
            return answer.Arn is { Length: > 0 } arn ? arn : null;
        }
        catch (Exception e) when (e is AuthMapException or OperationCanceledException || AwsFailure.IsExpected(e))
        {
            return null;
        }
    }

    private Uri Endpoint(Func<Uri> find)
    {
        try
        {
            return find();
        }
        catch (AmazonClientException e)
        {
            throw AwsFailure.Of(e, "find the endpoints of AWS", Tried);
        }
    }
}
