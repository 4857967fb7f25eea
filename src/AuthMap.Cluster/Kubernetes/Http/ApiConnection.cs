using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using AuthMap.Cluster.Kubernetes.Credentials;

namespace AuthMap.Cluster.Kubernetes.Http;

/// <summary>Sends requests to an API server, one at a time.</summary>
/// <param name="server">The server.</param>
/// <param name="options">User agent and log.</param>
/// <param name="clock">Time, for the log and for waits that the server asks for.</param>
internal sealed class ApiConnection(ApiServer server, KubernetesOptions options, TimeProvider clock) : IDisposable
{
    // An object holds 1 MiB at most; escaped in JSON and with its managed fields it stays well below this.
    private const int LargestAnswer = 8 << 20;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    private HttpClient? _client;
    private ClientCertificate? _certificate;

    /// <summary>Sends a request and reads the whole answer; after a 401 once more, if the credentials can be renewed.</summary>
    /// <param name="method">GET, or a method that writes.</param>
    /// <param name="path">Path and query, relative to the server's URL.</param>
    /// <param name="body">The body and its media type; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="accept">The media types that the answer may have, best first.</param>
    /// <exception cref="AuthMapException">The request certainly did not reach the server, and asking again is no use.</exception>
    /// <exception cref="NoAnswerException">There was no answer; also when a write is cancelled under way.</exception>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method,
        string path,
        (byte[] Json, string MediaType)? body,
        CancellationToken cancellationToken,
        string accept = "application/json")
    {
        var answer = await SendAsync(await server.Credentials.GetAsync(cancellationToken), method, path, body, accept, cancellationToken);
        return answer.Status == 401 && await server.Credentials.RenewAsync(cancellationToken) is { } renewed
            ? await SendAsync(renewed, method, path, body, accept, cancellationToken)
            : answer;
    }

    /// <inheritdoc/>
    public void Dispose() => _client?.Dispose();

    private async Task<ApiAnswer> SendAsync(
        Credential credential,
        HttpMethod method,
        string path,
        (byte[] Json, string MediaType)? body,
        string accept,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Address, path));
        request.Headers.Authorization = credential.Authorization;
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("authmap", options.Version));

        // HttpClient takes the name for TLS from here. kubectl leaves the Host header alone; API servers do not look at it.
        request.Headers.Host = server.Trust.ServerName;
        request.Headers.ConnectionClose = server.Impersonate is not null;
        request.Content = body is { } content ? new SingleUseContent(content.Json, content.MediaType) : null;

        var started = clock.GetTimestamp();
        try
        {
            using var response = await Client(credential.Certificate)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var bytes = await ReadAsync(response.Content, cancellationToken);
            Log(((int)response.StatusCode).ToString());
            return new(
                (int)response.StatusCode,
                bytes,
                response.Content.Headers.ContentType?.MediaType,
                Wait(response.Headers.RetryAfter))
            {
                Date = response.Headers.Date,
            };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            Log("no connection");
            throw TransportFailure.OfTimeout(e, server);
        }
        catch (OperationCanceledException e) when (body is not null)
        {
            Log("cancelled");
            throw TransportFailure.OfCancelledWrite(e, server);
        }
        catch (HttpRequestException e)
        {
            Log(e.HttpRequestError.ToString());
            throw TransportFailure.Of(e, server, LargestAnswer);
        }

        void Log(string end) => options.Log?.Invoke(
            $"{method} {request.RequestUri!.AbsolutePath} {end} {clock.GetElapsedTime(started).TotalMilliseconds:0} ms");
    }

    /// <summary>Reads the body as HttpClient itself would, but with one large array and not several where nobody says its length.</summary>
    /// <exception cref="HttpRequestException">It is too large, or does not come to its end.</exception>
    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        ThrowIfTooLarge(content.Headers.ContentLength);
        try
        {
            using var body = new PooledBytes();
            var stream = await content.ReadAsStreamAsync(cancellationToken);
            for (int count; (count = await stream.ReadAsync(body.GetMemory(), cancellationToken)) > 0;)
            {
                body.Advance(count);
                ThrowIfTooLarge(body.Length);
            }

            return body.ToArray();
        }
        catch (IOException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new HttpRequestException((e as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown, e.Message, e);
        }
    }

    private static void ThrowIfTooLarge(long? length)
    {
        if (length > LargestAnswer)
        {
            throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded);
        }
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? header?.Date - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private HttpClient Client(ClientCertificate? certificate)
    {
        // A certificate belongs to a connection, so a renewed one needs new connections.
        if (_client is not null && ReferenceEquals(_certificate, certificate))
        {
            return _client;
        }

        _client?.Dispose();
        _certificate = certificate;
        return _client = new HttpClient(Handler(certificate)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private SocketsHttpHandler Handler(ClientCertificate? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            ActivityHeadersPropagator = null,
            SslOptions = server.Trust.Options(),
            UseProxy = server.Proxy is not null,
        };

        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext =
                SslStreamCertificateContext.Create(certificate.Certificate, certificate.Intermediates, offline: true);
        }

        if (server.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy) { Credentials = ProxyChoice.Login(proxy) };
        }

        if (server.Impersonate is not null)
        {
            var lines = ImpersonationStream.Lines(server.Impersonate);
            handler.PlaintextStreamFilter = (connection, _) => ValueTask.FromResult<Stream>(
                connection.InitialRequestMessage.Method == HttpMethod.Connect
                    ? connection.PlaintextStream
                    : new ImpersonationStream(connection.PlaintextStream, lines));
        }

        return handler;
    }
}
