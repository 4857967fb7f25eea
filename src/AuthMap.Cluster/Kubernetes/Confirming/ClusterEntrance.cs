using AuthMap.Cluster.Kubernetes.Credentials;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Confirming;

namespace AuthMap.Cluster.Kubernetes.Confirming;

/// <summary>The door of an API server.</summary>
/// <param name="target">The cluster's name.</param>
/// <param name="server">Gives the server with credentials that are made anew.</param>
/// <param name="host">Where files of the way back may lie.</param>
/// <param name="options">How to talk to it.</param>
/// <param name="clock">Time.</param>
internal sealed class ClusterEntrance(
    string target, Func<ApiServer> server, HostEnvironment host, KubernetesOptions options, TimeProvider clock) : IEntrance
{
    // A token of EKS tells the second in which it was made, and a server remembers for a while whom it let in by which token.
    private static readonly TimeSpan AnotherSecond = TimeSpan.FromMilliseconds(1010);

    private readonly ServerTime _time = new(clock);
    private Credential? _last;

    /// <inheritdoc/>
    public async Task<Probe> EnterAsync(CancellationToken cancellationToken)
    {
        try
        {
            _last ??= await server().Credentials.GetAsync(cancellationToken);
            await Task.Delay(AnotherSecond, clock, cancellationToken);

            // Acting as somebody else, one would see that one, not oneself.
            var door = server() with { Impersonate = null };
            var credential = await door.Credentials.GetAsync(cancellationToken);
            var isFresh = !Equals(credential.Authorization, _last.Authorization);
            _last = credential;
            using var connection = new ApiConnection(door with { Credentials = CredentialSource.Always(credential) }, options, clock);
            var probe = await SelfReviewRequest.EnterAsync(connection, target, isFresh, cancellationToken);

            // A request that was cancelled says of itself only that there was no answer.
            cancellationToken.ThrowIfCancellationRequested();
            return probe;
        }
        catch (AuthMapException e)
        {
            return new NoAnswer(e.Failure);
        }
    }

    /// <inheritdoc/>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var api = Connect();
        await new WayBackSweep(new(api, target, _time)).RunAsync(cancellationToken);
        WayBackFiles.RemoveOld(host, clock);
    }

    /// <inheritdoc/>
    public Task<IWayBack> OpenWayBackAsync(TimeSpan life, CancellationToken cancellationToken) =>
        KubernetesWayBack.OpenAsync(new(target, Connect, server() with { Impersonate = null }, host, options, clock, _time), life, cancellationToken);

    private ApiRequests Connect()
    {
        var fresh = server();
        return new(target, () => new ApiConnection(fresh, options, clock), clock);
    }
}
