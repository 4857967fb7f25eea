using System.Security.Cryptography;
using AuthMap.Cluster.Kubernetes.Credentials;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Confirming;
using AuthMap.Editing;

namespace AuthMap.Cluster.Kubernetes.Confirming;

/// <summary>Where a way back is made.</summary>
/// <param name="Target">The cluster's name.</param>
/// <param name="Connect">Connects as the caller, with credentials made anew.</param>
/// <param name="Server">The server.</param>
/// <param name="Host">Where its files may lie.</param>
/// <param name="Options">How to talk to the server.</param>
/// <param name="Clock">Time.</param>
/// <param name="Time">The server's time.</param>
internal sealed record WayBackPlace(
    string Target, Func<ApiRequests> Connect, ApiServer Server, HostEnvironment Host, KubernetesOptions Options, TimeProvider Clock, ServerTime Time);

/// <summary>A way back by a service account of its own, whose token the API server signs itself and aws-auth has no part in.</summary>
internal sealed class KubernetesWayBack : IWayBack, IDisposable
{
    private const string AwsAuth = "api/v1/namespaces/kube-system/configmaps/aws-auth";

    // Roles reach the API server's authorizer a moment after they are made.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan TimeToRemove = TimeSpan.FromSeconds(10);

    private readonly WayBackPlace _place;
    private readonly string _name = WayBackObjects.Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
    private readonly WayBackFiles _files;
    private ConfigMapStore? _store;
    private ApiRequests? _api;

    // Without the service account, which is removed first, the cluster removes what is left by itself.
    private bool _isGone;

    private KubernetesWayBack(WayBackPlace place)
    {
        _place = place;
        _files = WayBackFiles.Of(_name, place.Host);
    }

    /// <inheritdoc/>
    public IAwsAuthStore Store => _store ?? throw new InvalidOperationException("it is not open");

    /// <inheritdoc/>
    public DateTimeOffset Expires { get; private set; }

    /// <inheritdoc/>
    public string Kubeconfig => _files.Kubeconfig;

    /// <inheritdoc cref="IEntrance.OpenWayBackAsync"/>
    public static async Task<IWayBack> OpenAsync(WayBackPlace place, TimeSpan life, CancellationToken cancellationToken)
    {
        KubernetesWayBack? made = null;
        try
        {
            made = new(place);
            await made.OpenAsync(life, cancellationToken);
            return made;
        }
        catch (Exception e) when (e is AuthMapException or OperationCanceledException)
        {
            using var time = new CancellationTokenSource(TimeToRemove, place.Clock);
            var left = made is null ? [] : await made.CloseAsync(time.Token);
            throw e switch
            {
                AuthMapException { Failure: var failure } => new AuthMapException(
                    failure with
                    {
                        Message = $"no way back can be made, so nothing was written: {failure.Message}",
                        Details = [.. failure.Details, .. left],
                    },
                    e),
                _ when left.Count > 0 => new OperationCanceledException(string.Join("; ", left), e, cancellationToken),
                _ => e,
            };
        }
    }

    /// <inheritdoc/>
    public string KeepPatch(IReadOnlyDictionary<string, string?> texts) => _files.WritePatch(texts);

    /// <inheritdoc/>
    /// <remarks>As the caller; where that does not work, the way back removes its own service account, and with it what it may. As long
    /// as that is there its files stay, too: they may be the only ones who know the way.</remarks>
    public async Task<IReadOnlyList<string>> CloseAsync(CancellationToken cancellationToken)
    {
        var reason = await RemoveAsync(WayBackObjects.Collections, _place.Connect, cancellationToken);
        if (!_isGone && _api is not null)
        {
            await RemoveAsync([WayBackObjects.Collections[0]], () => _api, cancellationToken);
        }

        Dispose();
        return (_isGone, Files: _isGone ? _files.Remove() : _files.There) switch
        {
            (true, []) => [],
            (true, var files) => [$"{string.Join(" and ", files)} could not be removed"],
            (false, []) => [$"{_name} in kube-system could not be removed: {reason}"],
            (false, var files) => [$"{_name} in kube-system could not be removed: {reason}; {string.Join(" and ", files)} stay with it"],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store?.Dispose();
        _api?.Dispose();
    }

    private async Task OpenAsync(TimeSpan life, CancellationToken cancellationToken)
    {
        using var caller = _place.Connect();
        var objects = new WayBackObjects(caller, _place.Target, _place.Time);
        Expires = _place.Clock.GetUtcNow() + life;
        await objects.CreateAsync(_name, life, cancellationToken);
        var token = await objects.TokenAsync(_name, life, cancellationToken);

        var server = _place.Server with { Credentials = CredentialSource.Always(new(Credential.Bearer(token), null)) };
        _api = new(_place.Target, Connect, _place.Clock);
        _store = new(_place.Target, Connect, _place.Clock);
        await TryOutAsync(cancellationToken);
        _files.WriteKubeconfig(server, token);

        ApiConnection Connect() => new(server, _place.Options, _place.Clock);
    }

    // A patch that changes nothing and is not even made asks for everything that the undo will need. Whether it is allowed comes before
    // whether aws-auth is there, so that one that is not there is a yes, too: what a change makes of it is undone by a patch.
    private async Task TryOutAsync(CancellationToken cancellationToken)
    {
        var start = _place.Clock.GetTimestamp();
        while (true)
        {
            var read = await _api!.AskAsync(HttpMethod.Get, AwsAuth, null, cancellationToken);
            var answer = read.IsSuccess || IsAbsent(read)
                ? await _api.AskAsync(HttpMethod.Patch, $"{AwsAuth}?dryRun=All", ("{}"u8.ToArray(), "application/merge-patch+json"), cancellationToken)
                : read;
            if (answer.IsSuccess || IsAbsent(answer))
            {
                return;
            }

            if (answer.Status is not (401 or 403) || _place.Clock.GetElapsedTime(start) > LongestWait)
            {
                throw new AuthMapException(new Failure(
                    FailureKind.Unconfirmed, $"{_place.Target} does not let it patch aws-auth: {answer.Status}", [ApiRefusal.Said(answer)], null));
            }

            await Task.Delay(Pause, _place.Clock, cancellationToken);
        }

        static bool IsAbsent(ApiAnswer answer) => answer.Status == 404 && ApiRefusal.Status(answer) is not null;
    }

    private async Task<string?> RemoveAsync(
        IReadOnlyList<string> collections, Func<ApiRequests> connect, CancellationToken cancellationToken)
    {
        try
        {
            using var api = connect();
            var objects = new WayBackObjects(api, _place.Target, _place.Time);
            string? reason = null;
            foreach (var collection in collections)
            {
                reason ??= await objects.DeleteAsync(collection, _name, cancellationToken);
                _isGone |= reason is null;
            }

            return reason;
        }
        catch (AuthMapException e)
        {
            return e.Failure.Message;
        }
        catch (OperationCanceledException)
        {
            return $"no answer from {_place.Target}";
        }
    }
}
