using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Editing;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>Requests as all of ours are made, whatever the object: reads are patient, and writes tell what became of them.</summary>
/// <param name="target">The cluster's name.</param>
/// <param name="connect">Makes the connection, when the first request needs it.</param>
/// <param name="clock">Time, for the waits between attempts to read.</param>
internal sealed class ApiRequests(string target, Func<ApiConnection> connect, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Lazy<ApiConnection> _connection = new(connect, LazyThreadSafetyMode.None);

    /// <summary>The connection.</summary>
    public ApiConnection Connection => _connection.Value;

    /// <summary>Reads until there is an answer that is not a passing fault.</summary>
    /// <remarks>Cancelled between or after failed attempts, the <see cref="OperationCanceledException"/> has the last failure, an
    /// <see cref="AuthMapException"/>, as its inner exception.</remarks>
    public Task<ApiAnswer> ReadAsync(string path, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Sends a request that may be repeated until there is an answer that is not a passing fault.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<ApiAnswer> AskAsync(
        HttpMethod method, string path, (byte[] Json, string MediaType)? body, CancellationToken cancellationToken)
    {
        AuthMapException? last = null;
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan? asked = null;
            try
            {
                var answer = await _connection.Value.SendAsync(method, path, body, cancellationToken);
                if (!answer.IsPassing)
                {
                    return answer;
                }

                (last, asked) = (Passing(answer), answer.RetryAfter);
            }
            catch (NoAnswerException e)
            {
                last = new AuthMapException(e.Failure, e);
                if (e.Failure.Kind != FailureKind.Unreachable)
                {
                    throw last;
                }
            }
            catch (OperationCanceledException e) when (last is not null)
            {
                throw new OperationCanceledException(e.Message, last, cancellationToken);
            }

            await PauseAsync(asked ?? Backoff(attempt), last, cancellationToken);
        }
    }

    /// <summary>Writes once.</summary>
    /// <param name="write">The request.</param>
    /// <param name="accept">Turns a yes into a result; null when it is not the API's, so that nobody knows what became of the write.</param>
    /// <param name="refusal">Turns a no into a failure.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    public async Task<WriteResult> WriteAsync(
        ApiWrite write, Func<ApiAnswer, Written?> accept, Func<ApiAnswer, AuthMapException> refusal, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _connection.Value.SendAsync(write.Method, write.Path, (write.Json, write.MediaType), cancellationToken, write.Accept);
            return answer switch
            {
                { IsSuccess: true } => accept(answer) ?? (WriteResult)new Unsettled(ApiRefusal.NotAnApi(answer, target).Failure),
                { Status: 429 } when !IsByRule(answer) => new Deferred(ApiRefusal.Said(answer), answer.RetryAfter),
                { Status: 409 } when !IsByRule(answer) => new Conflicted(ApiRefusal.Said(answer)),
                { Status: 404 } when write.Method != HttpMethod.Post && ApiRefusal.Status(answer) is not null =>
                    new Conflicted(ApiRefusal.Said(answer)),
                { Status: 408 or >= 500 } when !IsByRule(answer) => new Unsettled(Passing(answer).Failure),
                _ => throw refusal(answer),
            };
        }
        catch (NoAnswerException e)
        {
            return e.Sent ? new Unsettled(e.Failure) : new Deferred(e.Failure.Message, null);
        }

        bool IsByRule(ApiAnswer answer) => refusal(answer).Failure.Kind == FailureKind.Refused;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_connection.IsValueCreated)
        {
            _connection.Value.Dispose();
        }
    }

    private AuthMapException Passing(ApiAnswer answer) => new(new Failure(
        FailureKind.Unreachable, $"{target} cannot answer at the moment: {answer.Status}", [ApiRefusal.Said(answer)], null));

    private static TimeSpan Backoff(int attempt)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(attempt, 10));
        var jitter = 0.5 + Random.Shared.NextDouble() / 2;
        return jitter * (wait < LongestWait ? wait : LongestWait);
    }

    private async Task PauseAsync(TimeSpan wait, AuthMapException reason, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(e.Message, reason, cancellationToken);
        }
    }
}

/// <summary>A request that writes.</summary>
/// <param name="Method">POST, PATCH or DELETE.</param>
/// <param name="Path">Path and query, relative to the server's URL.</param>
/// <param name="MediaType">The body's media type.</param>
/// <param name="Json">The body.</param>
internal sealed record ApiWrite(HttpMethod Method, string Path, string MediaType, byte[] Json)
{
    private const string By = "?fieldManager=authmap";

    // All that is looked at in the answer to a write. A server that knows no such thing sends the object.
    private const string JustMetadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    /// <summary>The media types that the answer may have, best first.</summary>
    public string Accept { get; private init; } = "application/json";

    /// <summary>The same write, answered with no more of the object than its metadata.</summary>
    public ApiWrite Briefly => this with { Accept = JustMetadata };

    /// <summary>Creates an object in a collection.</summary>
    public static ApiWrite Create(string collection, byte[] json) => new(HttpMethod.Post, collection + By, "application/json", json);

    /// <summary>Changes what a JSON merge patch names.</summary>
    public static ApiWrite Patch(string path, byte[] json) => new(HttpMethod.Patch, path + By, "application/merge-patch+json", json);

    /// <summary>Changes what a strategic merge patch names. The server works that out on the object itself, not on its JSON as for
    /// <see cref="Patch"/>, which takes it a quarter of the time when the object is large.</summary>
    public static ApiWrite StrategicPatch(string path, byte[] json) =>
        new(HttpMethod.Patch, path + By, "application/strategic-merge-patch+json", json);

    /// <summary>Removes an object.</summary>
    public static ApiWrite Delete(string path, byte[] json) => new(HttpMethod.Delete, path, "application/json", json);
}
