using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AuthMap.EndToEnd;

/// <summary>
/// Stands before the API server, records every request, and lets things go wrong as a test has planned them.
/// A bearer token is passed on as it came. A client certificate cannot be: whoever shows one becomes the administrator.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    // Of one connection, not of the request or answer.
    private static readonly string[] HopByHop =
        ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Host", "Content-Length", "Date", "Server"];

    private readonly FaultQueue faults = new();
    private readonly ConcurrentQueue<RecordedRequest> requests = new();
    private readonly X509Certificate2 certificate;
    private readonly HttpClient asClient;
    private readonly HttpClient asAdmin;
    private readonly WebApplication application;

    private FaultProxy(ApiServer server)
    {
        certificate = server.Authority.IssueForServer();
        asClient = server.CreateClient(user: null);
        asAdmin = server.CreateClient(server.Admin);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
            {
                https.ServerCertificate = certificate;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (shown, _, _) => IsIssuedBy(server.Authority, shown);
            })));
        application = builder.Build();
        application.Run(HandleAsync);
    }

    public Uri Address => new(application.Urls.Single());

    /// <summary>Everything that was asked so far, in the order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. requests];

    /// <summary>How many planned faults have not hit yet; a test that planned them expects none.</summary>
    public int FaultsLeft => faults.Count;

    public static async Task<FaultProxy> StartAsync(ApiServer server)
    {
        var proxy = new FaultProxy(server);
        await proxy.application.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    /// <summary>Plans a fault for the next request that no earlier plan takes.</summary>
    public void Next(Fault fault) => faults.Add(_ => true, fault);

    /// <summary>Plans a fault for the next request with this method.</summary>
    public void Next(HttpMethod method, Fault fault) => faults.Add(request => request.Method == method.Method, fault);

    /// <summary>Plans a fault for the next request that fits.</summary>
    public void Next(Func<RecordedRequest, bool> fits, Fault fault) => faults.Add(fits, fault);

    /// <summary>Answers every request that fits, as a server of another version does.</summary>
    public void Always(Func<RecordedRequest, bool> fits, Fault fault) => faults.Add(fits, fault, stays: true);

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        asClient.Dispose();
        asAdmin.Dispose();
        certificate.Dispose();
    }

    private static bool IsIssuedBy(CertificateAuthority authority, X509Certificate2 shown)
    {
        using var chain = new X509Chain { ChainPolicy = authority.ChainPolicy };
        return chain.Build(shown);
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var request = new RecordedRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "/",
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await body.ReadToEndAsync(context.RequestAborted));
        requests.Enqueue(request);

        var upstream = context.Connection.ClientCertificate is not null && request.Authorization is null ? asAdmin : asClient;
        var fault = faults.Take(request);
        await fault(new Exchange(context, request, forwarded => SendAsync(upstream, forwarded)));
    }

    private static async Task<Answer> SendAsync(HttpClient upstream, RecordedRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path + request.Query);
        if (request.ContentType is not null || request.Body.Length > 0)
        {
            message.Content = new StringContent(request.Body);
            message.Content.Headers.ContentType = null;
        }

        foreach (var (name, value) in request.Headers.Where(header => IsPassedOn(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await upstream.SendAsync(message);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => IsPassedOn(header.Key))
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    private static bool IsPassedOn(string header) =>
        !header.StartsWith(':') && !HopByHop.Contains(header, StringComparer.OrdinalIgnoreCase);
}
