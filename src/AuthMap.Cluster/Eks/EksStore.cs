using AuthMap.Cluster.Kubernetes;
using AuthMap.Confirming;
using AuthMap.Editing;
using AuthMap.Rbac;
using AuthMap.Resolving;

namespace AuthMap.Cluster.Eks;

/// <summary>The aws-auth of an EKS cluster. What is known of the cluster may be out of date: then it is asked for once more.</summary>
/// <param name="subject">The cluster.</param>
/// <param name="finder">Finds its description.</param>
/// <param name="open">Opens what was described.</param>
internal sealed class EksStore(EksSubject subject, ClusterFinder finder, Func<ClusterDescription, EksCluster> open)
    : IAwsAuthStore, IDisposable
{
    private EksCluster? _cluster;

    private EksCluster Connected => _cluster ?? throw new InvalidOperationException("nothing was read yet");

    /// <inheritdoc/>
    public string Target => subject.Target;

    /// <inheritdoc/>
    public string Identity => Connected.Identity;

    /// <inheritdoc/>
    public bool HasCallers => true;

    /// <inheritdoc/>
    public IObjectStore Objects => field ??= new EksObjects(() => Connected.Objects);

    /// <inheritdoc/>
    public IEntrance? Entrance => _cluster?.Entrance;

    /// <inheritdoc/>
    public async Task<Caller?> WhoAmIAsync(CancellationToken cancellationToken) =>
        await subject.CallerAsync(cancellationToken) is { } arn ? new(arn) : null;

    /// <inheritdoc/>
    public Task<SelfReview?> ReviewAsync(CancellationToken cancellationToken) => Connected.ReviewAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<KnownBindings?> ListBindingsAsync(CancellationToken cancellationToken) => Connected.ListBindingsAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Cancelled before the cluster has answered, the <see cref="OperationCanceledException"/> has what is known about why,
    /// an <see cref="AuthMapException"/>, as its inner exception.</remarks>
    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        if (_cluster is not null)
        {
            return await _cluster.ReadAsync(cancellationToken);
        }

        var found = await finder.FindAsync(cancellationToken);
        return found.IsCached
            ? await ReadCachedAsync(found.Description, cancellationToken)
            : await ReadAsync(found.Description, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write) => [];

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken) =>
        Connected.WriteAsync(read, write, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _cluster?.Dispose();

    // Whatever is not an answer of the API may come from asking in the wrong place.
    private async Task<Snapshot> ReadCachedAsync(ClusterDescription known, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(known, cancellationToken);
        }
        catch (AuthMapException e) when (ApiRefusal.StatusOf(e) is null)
        {
            if (await AskAgainAsync(e, cancellationToken) is not { } now || now == known)
            {
                throw;
            }

            return await ReadAsync(now, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            finder.Forget();
            throw;
        }
    }

    /// <summary>The description as it is now; null when EKS does not say, so that the first failure is the one to tell.</summary>
    private async Task<ClusterDescription?> AskAgainAsync(AuthMapException first, CancellationToken cancellationToken)
    {
        try
        {
            return await finder.AskAgainAsync(cancellationToken);
        }
        catch (AuthMapException e) when (e.Failure.Kind is FailureKind.Unreachable or FailureKind.Unauthorized)
        {
            return null;
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(e.Message, first, cancellationToken);
        }
    }

    // Kept only once it has answered: until then the next read starts over.
    private async Task<Snapshot> ReadAsync(ClusterDescription description, CancellationToken cancellationToken)
    {
        var cluster = open(description);
        try
        {
            var snapshot = await cluster.ReadAsync(cancellationToken);
            _cluster = cluster;
            return snapshot;
        }
        finally
        {
            if (_cluster != cluster)
            {
                cluster.Dispose();
            }
        }
    }
}
