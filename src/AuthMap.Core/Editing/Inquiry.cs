using AuthMap.Rbac;
using AuthMap.Resolving;

namespace AuthMap.Editing;

/// <summary>Questions to a store that change nothing; all of them together have the time allowed. The map comes first.</summary>
/// <param name="store">Where the map lives.</param>
/// <param name="clock">Time.</param>
/// <param name="timeout">The time allowed on the network.</param>
public sealed class Inquiry(IAwsAuthStore store, TimeProvider clock, TimeSpan timeout)
{
    private readonly StoreAccess _access = new(store, clock, timeout);

    /// <summary>Reads the map.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="AuthMapException">It cannot be read, or not in time (<see cref="FailureKind.Unreachable"/>).</exception>
    public Task<Snapshot> ReadAsync(CancellationToken cancellationToken) => _access.ReadAsync(cancellationToken);

    /// <summary>Lists who is bound to which roles; null in a place without such bindings.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="AuthMapException">They cannot be read, or not in time (<see cref="FailureKind.Unreachable"/>).</exception>
    public Task<KnownBindings?> ListBindingsAsync(CancellationToken cancellationToken) =>
        _access.AskAsync(store.ListBindingsAsync, cancellationToken);

    /// <summary>Says who the caller is to AWS; null when that cannot be learnt quickly.</summary>
    /// <param name="cancellationToken">Cancels the question.</param>
    public Task<Caller?> WhoAmIAsync(CancellationToken cancellationToken) => _access.WhoAmIAsync(cancellationToken);

    /// <summary>Says as whom the place let the caller in; null when that cannot be learnt quickly.</summary>
    /// <param name="cancellationToken">Cancels the question.</param>
    public Task<SelfReview?> ReviewAsync(CancellationToken cancellationToken) => _access.ReviewAsync(cancellationToken);
}
