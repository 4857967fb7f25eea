namespace AuthMap.Guarding;

/// <summary>What the guard knows beside the map itself.</summary>
public sealed record Facts
{
    /// <summary>The cluster's authentication mode; null where it is not known, as with any source but an EKS cluster.</summary>
    public AuthenticationMode? Mode { get; init; }
}
