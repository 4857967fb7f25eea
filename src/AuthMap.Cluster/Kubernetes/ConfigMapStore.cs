using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Confirming;
using AuthMap.Editing;
using AuthMap.Rbac;
using AuthMap.Resolving;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>The ConfigMap <c>kube-system/aws-auth</c> of a cluster. One request reads it, one writes it.</summary>
/// <param name="target">The cluster's name.</param>
/// <param name="connect">Makes the connection, when the first request needs it.</param>
/// <param name="clock">Time, for the waits between attempts to read.</param>
/// <param name="clusterArn">The ARN of the EKS cluster; null when it is not known.</param>
internal sealed class ConfigMapStore(string target, Func<ApiConnection> connect, TimeProvider clock, string? clusterArn = null)
    : IAwsAuthStore, IDisposable
{
    private const string Collection = "api/v1/namespaces/kube-system/configmaps";
    private const string Path = $"{Collection}/{ConfigMapWire.Name}";

    private readonly ApiRequests _api = new(target, connect, clock);
    private SelfReview? _review;

    /// <inheritdoc/>
    public string Target => target;

    /// <summary>The URL of the API server, which together with the name tells clusters without an ARN apart.</summary>
    public string Address { get; init; } = "";

    /// <inheritdoc/>
    public string Identity => clusterArn ?? $"{target} {Address}";

    /// <inheritdoc/>
    public bool HasCallers => true;

    /// <inheritdoc/>
    public IEntrance? Entrance { get; init; }

    /// <inheritdoc/>
    public IObjectStore? Objects => field ??= clusterArn is null ? null : new RbacStore(target, clusterArn, _api);

    /// <inheritdoc/>
    public async Task<Caller?> WhoAmIAsync(CancellationToken cancellationToken) => (await ReviewAsync(cancellationToken))?.Caller;

    /// <inheritdoc/>
    public async Task<SelfReview?> ReviewAsync(CancellationToken cancellationToken) =>
        _review ??= await SelfReviewRequest.AskAsync(_api.Connection, cancellationToken);

    /// <inheritdoc/>
    public async Task<KnownBindings?> ListBindingsAsync(CancellationToken cancellationToken)
    {
        var bindings = new BindingReader(target, _api);
        return new(await bindings.OfNamespacesAsync(cancellationToken), await bindings.OfClusterAsync(cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>Cancelled between or after failed attempts, the <see cref="OperationCanceledException"/> has the last failure, an
    /// <see cref="AuthMapException"/>, as its inner exception.</remarks>
    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken) =>
        Read(await _api.ReadAsync(Path, cancellationToken));

    /// <inheritdoc/>
    public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write) => [];

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        return _api.WriteAsync(
            (read.Exists
                ? ApiWrite.StrategicPatch(Path, ConfigMapBody.Patch(read.Version, write))
                : ApiWrite.Create(Collection, ConfigMapBody.New(write))).Briefly,
            answer => answer.Read(ConfigMapWire.VersionOfAnswer) is { } version ? new Written(version) : null,
            answer => ApiRefusal.Of(answer, target, read.Exists ? "patch" : "create"),
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

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

        return answer.Read(ConfigMapWire.Read) ?? throw ApiRefusal.NotAnApi(answer, target);
    }
}
