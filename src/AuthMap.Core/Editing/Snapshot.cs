using AuthMap.Documents;
using AuthMap.Guarding;

namespace AuthMap.Editing;

/// <summary>The object aws-auth at one moment.</summary>
public sealed record Snapshot
{
    /// <summary>Whether the object exists; when not, the other members are empty.</summary>
    public required bool Exists { get; init; }

    /// <summary>Its <c>data</c>.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>();

    /// <summary>Its annotations; always empty in a place that keeps no annotations of ours (a manifest).</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Its version: a <c>resourceVersion</c>, or what stands for one; opaque. Null when the object does not exist.</summary>
    public string? Version { get; init; }

    /// <summary>Other programs that also write this object and may overwrite a change, as people know them.</summary>
    public IReadOnlyList<string> OtherOwners { get; init; } = [];

    /// <summary>What the cluster lets people in by; null where that is not known.</summary>
    public AuthenticationMode? Mode { get; init; }

    /// <summary>Turns a place in a key's text into the place in the file that holds it; null where there is no file.</summary>
    public Func<SectionKey, TextPosition, TextPosition>? Locate { get; init; }

    /// <summary>The same for any key of <see cref="Data"/>, by its name.</summary>
    public Func<string, TextPosition, TextPosition>? LocateByName { get; init; }
}

/// <summary>What to write; everything that is not named stays as it is.</summary>
/// <param name="Data">Keys of <c>data</c> with their new texts.</param>
/// <param name="Annotations">Annotations with their new values; a place without annotations ignores them.</param>
public sealed record WriteRequest(IReadOnlyDictionary<string, string> Data, IReadOnlyDictionary<string, string> Annotations)
{
    /// <summary>Keys of <c>data</c> that go.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];
}

/// <summary>How a write ended.</summary>
public abstract record WriteResult
{
    private protected WriteResult()
    {
    }
}

/// <summary>It happened.</summary>
/// <param name="Version">The object's version now; null when the place did not say.</param>
public sealed record Written(string? Version) : WriteResult;

/// <summary>It did not happen: the object changed, appeared or went since it was read.</summary>
/// <param name="Reason">What the place said.</param>
public sealed record Conflicted(string Reason) : WriteResult;

/// <summary>It certainly did not happen, and may work a little later (throttled).</summary>
/// <param name="Reason">What the place said.</param>
/// <param name="RetryAfter">How long it asks to wait; null when it did not say.</param>
public sealed record Deferred(string Reason, TimeSpan? RetryAfter) : WriteResult;

/// <summary>Whether it happened is unknown: the answer was lost, or the server failed while answering.</summary>
/// <param name="Failure">What to tell the user if that is never settled.</param>
public sealed record Unsettled(Failure Failure) : WriteResult;
