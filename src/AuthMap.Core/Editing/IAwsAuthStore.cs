using AuthMap.Confirming;
using AuthMap.Rbac;
using AuthMap.Resolving;

namespace AuthMap.Editing;

/// <summary>A place where aws-auth lives. It knows objects, versions and texts; it does not know what the texts mean.</summary>
public interface IAwsAuthStore
{
    /// <summary>The place's name in messages: a cluster, a context, a file.</summary>
    string Target { get; }

    /// <summary>What tells the place from every other one, where <see cref="Target"/> may be the name of several: the ARN of an EKS
    /// cluster, else its name and URL. Where it has first to be found, not known until it has been read.</summary>
    string Identity => Target;

    /// <summary>Whether there are objects beside aws-auth: the place is an EKS cluster that is known by its ARN, or will be once
    /// aws-auth has been read.</summary>
    bool HasObjects => Objects is not null;

    /// <summary>The objects beside aws-auth; null in a place without them, and where it has first to be found until it has been read.</summary>
    IObjectStore? Objects => null;

    /// <summary>Reads the object as it is now. Retries throttling and passing server faults until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends the read; the caller sets the time allowed.</param>
    /// <exception cref="AuthMapException">The place cannot be read: not found, not permitted, unreachable, malformed.</exception>
    Task<Snapshot> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Says what a write would do beside the plan, without doing it; asks nothing over the network.</summary>
    /// <param name="read">The object as it was read.</param>
    /// <param name="write">The intended write.</param>
    /// <returns>What the user should know; mostly nothing.</returns>
    /// <exception cref="AuthMapException">The write would be refused.</exception>
    IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write);

    /// <summary>Writes once, and only if the object still has the version that was read.</summary>
    /// <param name="read">The object as it was read.</param>
    /// <param name="write">The keys to write.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <exception cref="AuthMapException">The write failed and did not happen.</exception>
    Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken);

    /// <summary>Whether callers prove themselves to this place, so that one can lock oneself out of it.</summary>
    bool HasCallers => false;

    /// <summary>The way in, for changes that are undone unless they are confirmed; after a read. Null in a place without one.</summary>
    IEntrance? Entrance => null;

    /// <summary>Says who the caller is to this place.</summary>
    /// <param name="cancellationToken">Ends the wait for an answer; it is worth little time.</param>
    /// <returns>Null when it cannot be learnt, for whatever reason.</returns>
    Task<Caller?> WhoAmIAsync(CancellationToken cancellationToken) => Task.FromResult<Caller?>(null);

    /// <summary>Asks the place itself as whom it let the caller in; after a read.</summary>
    /// <param name="cancellationToken">Ends the wait for an answer; it is worth little time.</param>
    /// <returns>Null when it does not say, for whatever reason.</returns>
    Task<SelfReview?> ReviewAsync(CancellationToken cancellationToken) => Task.FromResult<SelfReview?>(null);

    /// <summary>Lists who is bound to which roles; after a read. Retries as a read does.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Null in a place without such bindings.</returns>
    /// <exception cref="AuthMapException">They cannot be read for another reason than a missing permission.</exception>
    Task<KnownBindings?> ListBindingsAsync(CancellationToken cancellationToken) => Task.FromResult<KnownBindings?>(null);
}
