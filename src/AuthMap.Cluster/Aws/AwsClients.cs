using Amazon;
using Amazon.EKS;
using Amazon.EKS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using AuthMap.Cluster.Aws.Config;

namespace AuthMap.Cluster.Aws;

/// <summary>Makes the SDK's clients, set up as the environment and the profile say. The SDK would read both by itself, but the
/// profile only from AWS_PROFILE, and the environment only of the process.</summary>
internal sealed class AwsClients(string region, AwsProfile? profile, AwsProfiles profiles, HostEnvironment host, HttpClientFactory http)
{
    /// <summary>A client of the EKS API.</summary>
    public AmazonEKSClient Eks(AWSCredentials credentials) => new(credentials, Configure(new AmazonEKSConfig(), region));

    /// <summary>A client of STS in the region.</summary>
    /// <param name="credentials">Who calls.</param>
    /// <param name="attempts">How often to try; null as set up.</param>
    public AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials, int? attempts = null)
    {
        var config = Configure(new AmazonSecurityTokenServiceConfig(), region);
        if (attempts is { } count)
        {
            config.MaxErrorRetry = count - 1;
        }

        return new(credentials, config);
    }

    /// <summary>The URL of the EKS API.</summary>
    public Uri EksEndpoint => UrlOf(Configure(new AmazonEKSConfig(), region), new ListClustersRequest());

    /// <summary>The URL of STS as the rest of the world knows it: regional, and never an override of <c>AWS_ENDPOINT_URL</c>. It is
    /// for tokens, which name their verifier, and aws-iam-authenticator accepts only the partition's own hosts.</summary>
    public Uri PublicStsEndpoint
    {
        get
        {
            var config = Configure(new AmazonSecurityTokenServiceConfig(), region, overrides: false);

            // It knows plain, FIPS and dual-stack hosts; nothing is said of both at once.
            config.UseDualstackEndpoint &= !config.UseFIPSEndpoint;
            return UrlOf(config, new GetCallerIdentityRequest());
        }
    }

    /// <summary>Sets a client up.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="place">The region to call.</param>
    /// <param name="overrides">Whether <c>AWS_ENDPOINT_URL</c> and its kin count.</param>
    public T Configure<T>(T config, string place, bool overrides = true)
        where T : ClientConfig
    {
        config.HttpClientFactory = http;
        config.IgnoreConfiguredEndpointUrls = true;
        config.UseFIPSEndpoint = Flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        config.UseDualstackEndpoint = Flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        config.RetryMode = Setting("AWS_RETRY_MODE", "retry_mode") == "adaptive"
            ? RequestRetryMode.Adaptive
            : RequestRetryMode.Standard;
        if (int.TryParse(Setting("AWS_MAX_ATTEMPTS", "max_attempts"), out var attempts) && attempts > 0)
        {
            config.MaxErrorRetry = attempts - 1;
        }

        config.RegionEndpoint = RegionEndpoint.GetBySystemName(place);
        if (overrides && Override(config.ServiceId.ToLowerInvariant().Replace(' ', '_')) is { } url)
        {
            // Sets the region aside, which the signature needs all the same.
            config.ServiceURL = url;
            config.AuthenticationRegion = place;
        }

        return config;
    }

    private static Uri UrlOf(ClientConfig config, AmazonWebServiceRequest request) =>
        new(config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request)).URL);

    // The order of https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html.
    private string? Override(string service)
    {
        if (Flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls"))
        {
            return null;
        }

        var services = profile?["services"] is { } name ? profiles.Section("services", name) : null;
        var candidates = new (string? Url, string From)[]
        {
            (host[$"AWS_ENDPOINT_URL_{service.ToUpperInvariant()}"], $"AWS_ENDPOINT_URL_{service.ToUpperInvariant()}"),
            (host["AWS_ENDPOINT_URL"], "AWS_ENDPOINT_URL"),
            (services?[$"{service}.endpoint_url"], $"services {services?.Name}"),
            (profile?["endpoint_url"], $"profile \"{profile?.Name}\""),
        };
        var (url, from) = candidates.FirstOrDefault(candidate => candidate.Url is not null);
        return url is null || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? url
            : throw new AuthMapException(FailureKind.Usage, $"the endpoint of {from} is not an http or https URL: {url}");
    }

    private bool Flag(string variable, string setting) =>
        string.Equals(Setting(variable, setting), "true", StringComparison.OrdinalIgnoreCase);

    private string? Setting(string variable, string setting) => host[variable] ?? profile?[setting];
}
