using AuthMap.Resolving;

namespace AuthMap.Guarding;

/// <summary>What the guard knows beside the map itself.</summary>
public sealed record Facts
{
    /// <summary>The cluster's authentication mode; null where it is not known, as with any source but an EKS cluster.</summary>
    public AuthenticationMode? Mode { get; init; }

    /// <summary>Who makes the change; null where that is not known, so that nobody's own access can be checked.</summary>
    public Caller? Caller { get; init; }
}
