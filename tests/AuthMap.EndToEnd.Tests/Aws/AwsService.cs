using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace AuthMap.EndToEnd;

/// <summary>
/// What the AWS services of the tests have in common: a request is recorded, then meets the faults that are planned, then has its
/// signature verified, then is answered.
/// </summary>
public abstract class AwsService(Iam iam, AwsClock clock) : IAsyncDisposable
{
    private readonly ConcurrentQueue<AwsRequest> requests = new();
    private readonly ConcurrentQueue<AwsError> faults = new();
    private LoopbackServer? server;

    public Uri Address => server?.Address ?? throw new InvalidOperationException("The service has not been started.");

    /// <summary>Everything that was asked since the last <see cref="Forget"/>, in the order of arrival.</summary>
    public IReadOnlyList<AwsRequest> Requests => [.. requests];

    /// <summary>How many planned faults have not hit yet.</summary>
    public int FaultsLeft => faults.Count;

    /// <summary>The service's own clock; the requests it accepts and the Date of its answers follow it.</summary>
    public AwsClock Clock => clock;

    internal Iam Iam => iam;

    /// <summary>Starts it; with a certificate it speaks TLS.</summary>
    public async Task StartAsync(X509Certificate2? certificate = null) =>
        server = await LoopbackServer.StartAsync(HandleAsync, certificate);

    /// <summary>Plans an error for the next request, whatever it is.</summary>
    public void Next(params AwsError[] errors) => Array.ForEach(errors, faults.Enqueue);

    /// <summary>Forgets what was asked and what was planned.</summary>
    public virtual void Forget()
    {
        requests.Clear();
        faults.Clear();
        clock.Offset = TimeSpan.Zero;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Answers a request that did not come over the network, unrecorded.</summary>
    internal Answer Ask(AwsRequest request)
    {
        try
        {
            return Respond(request);
        }
        catch (AwsErrorException exception)
        {
            return Write(exception.Error, request);
        }
    }

    internal abstract Answer Respond(AwsRequest request);

    internal abstract Answer Write(AwsError error, AwsRequest request);

    private async Task HandleAsync(HttpContext context)
    {
        var request = await AwsRequest.ReadAsync(context);
        requests.Enqueue(request);

        var answer = faults.TryDequeue(out var fault) ? Write(fault, request) : Ask(request);
        context.Response.StatusCode = answer.Status;
        context.Response.Headers.Date = clock.GetUtcNow().ToString("R");
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
