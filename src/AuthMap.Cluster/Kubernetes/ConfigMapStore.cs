using System.Text.Json;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Editing;
using AuthMap.Resolving;
using k8s.Models;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>The ConfigMap <c>kube-system/aws-auth</c> of a cluster. One request reads it, one writes it.</summary>
/// <param name="target">The cluster's name.</param>
/// <param name="connect">Makes the connection, when the first request needs it.</param>
/// <param name="clock">Time, for the waits between attempts to read.</param>
internal sealed class ConfigMapStore(string target, Func<ApiConnection> connect, TimeProvider clock) : IAwsAuthStore, IDisposable
{
    private const string Collection = "api/v1/namespaces/kube-system/configmaps";
    private const string Name = "aws-auth";
    private const string MergePatch = "application/merge-patch+json";
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Lazy<ApiConnection> _connection = new(connect, LazyThreadSafetyMode.None);

    /// <inheritdoc/>
    public string Target => target;

    /// <inheritdoc/>
    public bool HasCallers => true;

    /// <inheritdoc/>
    public async Task<Caller?> WhoAmIAsync(CancellationToken cancellationToken) => (await ReviewAsync(cancellationToken))?.Caller;

    /// <summary>Who the caller is by the server's own word; null when it does not say.</summary>
    public Task<SelfReview?> ReviewAsync(CancellationToken cancellationToken) => SelfReview.AskAsync(_connection.Value, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Cancelled between or after failed attempts, the <see cref="OperationCanceledException"/> has the last failure, an
    /// <see cref="AuthMapException"/>, as its inner exception.</remarks>
    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        AuthMapException? last = null;
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan? asked = null;
            try
            {
                var answer = await _connection.Value.SendAsync(HttpMethod.Get, $"{Collection}/{Name}", null, cancellationToken);
                if (!answer.IsPassing)
                {
                    return Read(answer);
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

    /// <inheritdoc/>
    public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write) => [];

    /// <inheritdoc/>
    public async Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            var answer = read.Exists
                ? await SendAsync(HttpMethod.Patch, $"{Collection}/{Name}", MergePatch, Patch(read, write), cancellationToken)
                : await SendAsync(HttpMethod.Post, Collection, "application/json", New(write), cancellationToken);
            return Result(answer, read.Exists);
        }
        catch (NoAnswerException e)
        {
            return e.Sent ? new Unsettled(e.Failure) : new Deferred(e.Failure.Message, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_connection.IsValueCreated)
        {
            _connection.Value.Dispose();
        }
    }

    private Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, string mediaType, V1ConfigMap body, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Relaxed.V1ConfigMap);
        return _connection.Value.SendAsync(method, $"{path}?fieldManager=authmap", (json, mediaType), cancellationToken);
    }

    // The patch names only what changes; the version makes the server refuse it when anything has changed meanwhile.
    private static V1ConfigMap Patch(Snapshot read, WriteRequest write) => new()
    {
        Metadata = new() { ResourceVersion = read.Version, Annotations = Texts(write.Annotations) },
        Data = Patched(write),
    };

    // In a merge patch null takes a key away.
    private static Dictionary<string, string>? Patched(WriteRequest write)
    {
        var texts = new Dictionary<string, string>(write.Data, StringComparer.Ordinal);
        foreach (var key in write.Removed)
        {
            texts.Add(key, null!);
        }

        return texts.Count == 0 ? null : texts;
    }

    private static V1ConfigMap New(WriteRequest write) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new() { Name = Name, NamespaceProperty = "kube-system", Annotations = Texts(write.Annotations) },
        Data = Texts(write.Data),
    };

    private static Dictionary<string, string>? Texts(IReadOnlyDictionary<string, string> texts) =>
        texts.Count == 0 ? null : new(texts);

    private Snapshot Read(ApiAnswer answer)
    {
        if (answer.Status == 404 && ApiRefusal.Status(answer) is not null)
        {
            return new Snapshot { Exists = false };
        }

        if (!answer.IsSuccess)
        {
            throw ApiRefusal.Of(answer, target, "get");
        }

        var map = Object(answer) ?? throw ApiRefusal.NotAnApi(answer, target);
        return new Snapshot
        {
            Exists = true,
            Version = map.Metadata.ResourceVersion,
            Data = Texts(map.Data),
            Annotations = Texts(map.Metadata.Annotations),
            OtherOwners = ObjectOwners.Of(map.Metadata),
        };
    }

    private static Dictionary<string, string> Texts(IDictionary<string, string>? texts) =>
        texts as Dictionary<string, string> ?? [];

    private static V1ConfigMap? Object(ApiAnswer answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, WireJson.Default.V1ConfigMap)
                is { Kind: "ConfigMap", Metadata: { Name: Name, ResourceVersion.Length: > 0 } } map ? map : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private WriteResult Result(ApiAnswer answer, bool existed) => answer switch
    {
        // A yes that is not the object is not the API's: nobody knows what became of the write.
        { IsSuccess: true } => Object(answer) is { } map
            ? new Written(map.Metadata.ResourceVersion)
            : new Unsettled(ApiRefusal.NotAnApi(answer, target).Failure),
        { Status: 429 } when !IsRefusedByRule(answer) => new Deferred(Said(answer), answer.RetryAfter),
        { Status: 409 } when !IsRefusedByRule(answer) => new Conflicted(Said(answer)),
        { Status: 404 } when existed && ApiRefusal.Status(answer) is not null => new Conflicted(Said(answer)),
        { Status: 408 or >= 500 } when !IsRefusedByRule(answer) => new Unsettled(Passing(answer).Failure),
        _ => throw ApiRefusal.Of(answer, target, existed ? "patch" : "create"),
    };

    private bool IsRefusedByRule(ApiAnswer answer) => ApiRefusal.Of(answer, target, "patch").Failure.Kind == FailureKind.Refused;

    private AuthMapException Passing(ApiAnswer answer) => new(
        new Failure(FailureKind.Unreachable, $"{target} cannot answer at the moment: {answer.Status}", [Said(answer)], null));

    private static string Said(ApiAnswer answer) =>
        ApiRefusal.Status(answer)?.Message is { Length: > 0 } message ? message : $"HTTP {answer.Status}";

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
