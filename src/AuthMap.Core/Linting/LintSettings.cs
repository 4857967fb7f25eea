namespace AuthMap.Linting;

/// <summary>What a user of lint knows about the cluster.</summary>
public sealed record LintSettings
{
    /// <summary>ARNs that may be in <c>system:masters</c>; case does not matter.</summary>
    public IReadOnlyList<string> AllowedMasters { get; init; } = [];

    /// <summary>The cluster's partition; null takes it for that of most of the map.</summary>
    public string? Partition { get; init; }
}
