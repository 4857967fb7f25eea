using System.Net;
using Amazon.Runtime;
using AuthMap.Cluster.Kubernetes.Http;

namespace AuthMap.Cluster.Aws;

/// <summary>Carries the SDK's requests: through the environment's proxy, with the environment's extra authorities, with a line of
/// the log for each.</summary>
internal sealed class AwsHttp : HttpClientFactory, IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    /// <exception cref="AuthMapException">The bundle of authorities cannot be read, or the proxy is none.</exception>
    public AwsHttp(HostEnvironment host, string? authorities, AwsOptions options, TimeProvider clock)
    {
        // Later, when the framework asks for the proxy, it would take a failure for "none".
        _ = ProxyChoice.For(new Uri("https://aws.invalid"), host);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            ActivityHeadersPropagator = null,
            Proxy = new EnvironmentProxy(host),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = new AwsTrust(host, authorities).Accept;
        _client = new HttpClient(new Witness(handler, options, clock)) { Timeout = AttemptTimeout };
    }

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    // One client for all, for as long as this lives: neither cached by the SDK, beyond a session, nor disposed of by it.
    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private sealed class EnvironmentProxy(HostEnvironment host) : IWebProxy, ICredentials
    {
        public ICredentials? Credentials { get => this; set => throw new NotSupportedException(); }

        public Uri? GetProxy(Uri destination) => ProxyChoice.For(destination, host);

        public bool IsBypassed(Uri host) => GetProxy(host) is null;

        public NetworkCredential? GetCredential(Uri uri, string authType) => ProxyChoice.Login(uri);
    }

    /// <summary>Adds the program to the user agent, and tells each request to the log: method, host, path, operation, status, time.
    /// Queries and headers are left out: they hold signatures and tokens.</summary>
    private sealed class Witness(HttpMessageHandler inner, AwsOptions options, TimeProvider clock) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var agents = request.Headers.TryGetValues("User-Agent", out var values) ? string.Join(' ', values) : "";
            request.Headers.Remove("User-Agent");
            request.Headers.TryAddWithoutValidation("User-Agent", $"authmap/{options.Version} {agents}".TrimEnd());
            var operation = options.Log is null ? "" : await OperationAsync(request.Content, cancellationToken);
            var started = clock.GetTimestamp();
            var end = "no answer";
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                end = ((int)response.StatusCode).ToString();
                return response;
            }
            catch (HttpRequestException e)
            {
                end = e.HttpRequestError.ToString();
                throw;
            }
            finally
            {
                var uri = request.RequestUri!;
                var time = clock.GetElapsedTime(started).TotalMilliseconds;
                options.Log?.Invoke($"{request.Method} {uri.Authority}{uri.AbsolutePath}{operation} {end} {time:0} ms");
            }
        }

        // The operations of STS all have the same path.
        private static async Task<string> OperationAsync(HttpContent? content, CancellationToken cancellationToken)
        {
            if (content?.Headers.ContentType?.MediaType != "application/x-www-form-urlencoded")
            {
                return "";
            }

            await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            var form = await content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return form.Split('&').FirstOrDefault(pair => pair.StartsWith("Action=", StringComparison.Ordinal)) is { } pair
                ? $" {pair["Action=".Length..]}"
                : "";
        }
    }
}
