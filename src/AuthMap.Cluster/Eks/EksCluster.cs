using System.Security.Cryptography.X509Certificates;
using System.Text;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Kubernetes.Confirming;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Confirming;
using AuthMap.Editing;
using AuthMap.Rbac;
using AuthMap.Resolving;

namespace AuthMap.Cluster.Eks;

/// <summary>A cluster as it was described, with the store behind its endpoint; explains that store's failures.</summary>
internal sealed class EksCluster : IDisposable
{
    private readonly ConfigMapStore _store;
    private readonly EksAdvice _advice;
    private bool _hasAnswered;

    private EksCluster(ClusterDescription description, ConfigMapStore store, EksAdvice advice) =>
        (Description, _store, _advice) = (description, store, advice);

    /// <summary>What it was opened with.</summary>
    public ClusterDescription Description { get; }

    /// <summary>Gets everything ready for the first request, which connects.</summary>
    /// <exception cref="AuthMapException">The description cannot be used.</exception>
    public static EksCluster Open(
        EksSubject subject, ClusterDescription description, HostEnvironment host, EksOptions options, TimeProvider clock)
    {
        var address = Address(description, subject.Target);
        var server = new ApiServer(
            subject.Target,
            address,
            new ServerTrust(Authorities(description, subject.Target), serverName: null, skip: false, host),
            ProxyChoice.For(address, host),
            Impersonate: null,
            new EksCredentials(subject.Session, description.TokenId, clock));
        return new(
            description,
            new ConfigMapStore(subject.Target, () => new ApiConnection(server, options.Kubernetes, clock), clock, description.Arn.Length > 0 ? description.Arn : null)
            {
                Address = description.Endpoint,
                Entrance = new ClusterEntrance(subject.Target, Anew, host, options.Kubernetes, clock),
            },
            new EksAdvice(subject, description, server));

        ApiServer Anew() => server with { Credentials = new EksCredentials(subject.Session, description.TokenId, clock) };
    }

    /// <inheritdoc cref="IAwsAuthStore.Identity"/>
    public string Identity => _store.Identity;

    /// <summary>Its RBAC objects.</summary>
    public IObjectStore Objects => _store.Objects
        ?? throw new AuthMapException(FailureKind.Failed, $"EKS does not tell the ARN of {_store.Target}, which gives the account of a service's role");

    /// <inheritdoc cref="IAwsAuthStore.Entrance"/>
    public IEntrance? Entrance => _store.Entrance;

    /// <inheritdoc cref="IAwsAuthStore.ReviewAsync"/>
    public Task<SelfReview?> ReviewAsync(CancellationToken cancellationToken) => _store.ReviewAsync(cancellationToken);

    /// <inheritdoc cref="IAwsAuthStore.ListBindingsAsync"/>
    public Task<KnownBindings?> ListBindingsAsync(CancellationToken cancellationToken) => _store.ListBindingsAsync(cancellationToken);

    /// <inheritdoc cref="IAwsAuthStore.ReadAsync"/>
    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await _store.ReadAsync(cancellationToken);
            _hasAnswered = true;
            return snapshot with { Mode = Description.Mode };
        }
        catch (AuthMapException e)
        {
            throw await _advice.OnAsync(e, cancellationToken);
        }
        catch (OperationCanceledException e) when (e.InnerException is not AuthMapException && !_hasAnswered)
        {
            throw new OperationCanceledException(e.Message, _advice.OnSilence(e), cancellationToken);
        }
    }

    /// <inheritdoc cref="IAwsAuthStore.WriteAsync"/>
    public async Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.WriteAsync(read, write, cancellationToken);
        }
        catch (AuthMapException e)
        {
            throw await _advice.OnAsync(e, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static Uri Address(ClusterDescription description, string target) =>
        Uri.TryCreate(description.Endpoint.TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw new AuthMapException(FailureKind.Failed, $"the endpoint of {target} is not an https URL: {description.Endpoint}");

    private static X509Certificate2Collection Authorities(ClusterDescription description, string target)
    {
        var what = $"the certificate authority of {target}";
        try
        {
            return ServerTrust.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(description.AuthorityData)), what);
        }
        catch (FormatException e)
        {
            throw new AuthMapException(new Failure(FailureKind.Failed, $"{what} is not base64"), e);
        }
    }
}
