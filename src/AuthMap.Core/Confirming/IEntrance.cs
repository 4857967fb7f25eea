using AuthMap.Editing;

namespace AuthMap.Confirming;

/// <summary>A cluster's door: who gets in now, and how one gets in without aws-auth.</summary>
public interface IEntrance
{
    /// <summary>Enters anew as the caller: with a credential made in another second than any before, on a new connection. Takes a
    /// second at least.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Probe> EnterAsync(CancellationToken cancellationToken);

    /// <summary>Removes what runs that were killed have left, once its time is over. What cannot be removed stays.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    Task SweepAsync(CancellationToken cancellationToken);

    /// <summary>Makes a way back that does not depend on aws-auth, and tries it out.</summary>
    /// <param name="life">How long it is needed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AuthMapException">It cannot be made; what was made of it is gone again.</exception>
    Task<IWayBack> OpenWayBackAsync(TimeSpan life, CancellationToken cancellationToken);
}

/// <summary>A way to aws-auth, and to nothing else, that does not depend on it. It is closed by <see cref="CloseAsync"/>.</summary>
public interface IWayBack
{
    /// <summary>aws-auth, entered this way.</summary>
    IAwsAuthStore Store { get; }

    /// <summary>When it stops working.</summary>
    DateTimeOffset Expires { get; }

    /// <summary>The path of a kubeconfig file that leads this way, for a person. Its content is a secret.</summary>
    string Kubeconfig { get; }

    /// <summary>Keeps the patch that undoes the change by hand, in the place of one that was kept before.</summary>
    /// <param name="texts">The keys that the change writes, as they were; null for one that was absent.</param>
    /// <returns>The path of the file: a JSON merge patch of the ConfigMap.</returns>
    /// <exception cref="AuthMapException">It cannot be kept.</exception>
    string KeepPatch(IReadOnlyDictionary<string, string?> texts);

    /// <summary>Removes it, with its files.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What could not be removed and why, a sentence each.</returns>
    Task<IReadOnlyList<string>> CloseAsync(CancellationToken cancellationToken);
}
