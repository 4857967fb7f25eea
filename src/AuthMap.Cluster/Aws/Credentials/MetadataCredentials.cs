using System.Net;
using System.Text.Json;
using Amazon.Runtime;

namespace AuthMap.Cluster.Aws.Credentials;

/// <summary>Credentials from the machine that the program runs on: of a container (ECS, EKS Pod Identity) or of an EC2 instance.
/// Asked directly, never through a proxy.</summary>
internal static class MetadataCredentials
{
    /// <summary>How long the search for an instance's credentials may take in all: most machines are no instances.</summary>
    public static readonly TimeSpan InstanceTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ContainerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Extension = TimeSpan.FromMinutes(5);

    /// <summary>The credentials of the container; null when this is none.</summary>
    /// <exception cref="AuthMapException">The environment names a server that must not get the container's token.</exception>
    public static FetchedCredentials? OfContainer(HostEnvironment host, TimeProvider clock)
    {
        if (host["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] is { } path)
        {
            return Container(new Uri($"http://169.254.170.2/{path.TrimStart('/')}"), host, clock);
        }

        if (host["AWS_CONTAINER_CREDENTIALS_FULL_URI"] is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && MayHaveToken(uri)
            ? Container(uri, host, clock)
            : throw new AuthMapException(
                FailureKind.Failed,
                $"AWS_CONTAINER_CREDENTIALS_FULL_URI names a server that is not trusted with it: {text}",
                "it must be https, this machine, 169.254.170.2 or 169.254.170.23");
    }

    /// <summary>The credentials of the instance; null when the environment says not to ask.</summary>
    /// <exception cref="AuthMapException">It names a place to ask that can be none.</exception>
    public static FetchedCredentials? OfInstance(HostEnvironment host, TimeProvider clock)
    {
        if (string.Equals(host["AWS_EC2_METADATA_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var root = InstanceRoot(host);
        return new(() => InstanceAsync(root, clock));
    }

    private static FetchedCredentials Container(Uri uri, HostEnvironment host, TimeProvider clock) => new(async () =>
    {
        using var http = Client();
        using var time = new CancellationTokenSource(ContainerTimeout, clock);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            var token = host["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] is { } file
                ? (await File.ReadAllTextAsync(file, time.Token).ConfigureAwait(false)).Trim()
                : host["AWS_CONTAINER_AUTHORIZATION_TOKEN"];
            if (token is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", token);
            }

            using var response = await http.SendAsync(request, time.Token).ConfigureAwait(false);
            return await ReadAsync(response, clock, time.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw new AuthMapException(
                new Failure(FailureKind.Unauthorized, $"no credentials from the container's {uri.Authority}: {Reason(e)}"), e);
        }
    });

    private static async Task<RefreshingAWSCredentials.CredentialsRefreshState> InstanceAsync(Uri root, TimeProvider clock)
    {
        using var http = Client();
        using var time = new CancellationTokenSource(InstanceTimeout, clock);
        try
        {
            var session = await SessionAsync(http, root, time.Token).ConfigureAwait(false);
            var roles = new Uri(root, "latest/meta-data/iam/security-credentials/");
            using var list = await GetAsync(http, roles, session, time.Token).ConfigureAwait(false);
            if (list.StatusCode == HttpStatusCode.NotFound)
            {
                throw new AuthMapException(FailureKind.Unauthorized, "this EC2 instance has no IAM role", "attach an instance profile");
            }

            var names = await list.EnsureSuccessStatusCode().Content.ReadAsStringAsync(time.Token).ConfigureAwait(false);
            var role = names.Split('\n')[0].Trim();
            using var response = await GetAsync(http, new Uri(roles, role), session, time.Token).ConfigureAwait(false);
            return await ReadAsync(response, clock, time.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFault(e))
        {
            var message = $"no credentials from the instance metadata of EC2 at {root.Authority}: {Reason(e)}";
            throw new AuthMapException(new Failure(FailureKind.Unauthorized, message), e);
        }
    }

    // Version 2 of the service wants a session; null where only version 1 is spoken.
    private static async Task<string?> SessionAsync(HttpClient http, Uri root, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(root, "latest/api/token"));
        request.Headers.Add("X-aws-ec2-metadata-token-ttl-seconds", "21600");
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden
            ? null
            : await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, Uri uri, string? session, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (session is not null)
        {
            request.Headers.Add("X-aws-ec2-metadata-token", session);
        }

        return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<RefreshingAWSCredentials.CredentialsRefreshState> ReadAsync(
        HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var body = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return ForeignJson.Read(body, json => Issued(json, clock)) ?? throw new JsonException("the answer holds no credentials");
    }

    private static RefreshingAWSCredentials.CredentialsRefreshState? Issued(JsonElement json, TimeProvider clock)
    {
        if (json.Text("AccessKeyId") is not { Length: > 0 } id || json.Text("SecretAccessKey") is not { Length: > 0 } secret)
        {
            return null;
        }

        // AWS goes on to accept expired credentials while it cannot issue new ones; they are only asked for again soon.
        var soonest = clock.GetUtcNow().UtcDateTime + Extension;
        var expiration = json.Member("Expiration")?.GetDateTimeOffset().UtcDateTime;
        return FetchedCredentials.State(id, secret, json.Text("Token"), json.Text("AccountId"), expiration < soonest ? soonest : expiration);
    }

    private static Uri InstanceRoot(HostEnvironment host)
    {
        const string Variable = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
        var ipv6 = string.Equals(host[$"{Variable}_MODE"], "IPv6", StringComparison.OrdinalIgnoreCase);
        var text = host[Variable] ?? (ipv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254");
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new AuthMapException(FailureKind.Usage, $"{Variable} is not an http or https URL: {text}");
    }

    private static bool MayHaveToken(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp
            && (uri.IsLoopback || uri.Host is "169.254.170.2" or "169.254.170.23" or "[fd00:ec2::23]"));

    private static HttpClient Client() =>
        new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = AttemptTimeout });

    private static bool IsFault(Exception e) =>
        e is HttpRequestException or OperationCanceledException or JsonException or IOException or UnauthorizedAccessException;

    private static string Reason(Exception e) => e switch
    {
        OperationCanceledException => "no answer",
        HttpRequestException { StatusCode: { } status } => $"it answered {(int)status}",
        HttpRequestException => "no answer",
        _ => e.Message.TrimEnd('.'),
    };
}
