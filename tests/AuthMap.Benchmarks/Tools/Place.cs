namespace AuthMap.Benchmarks.Tools;

/// <summary>Where a tool finds the map, and all of its environment.</summary>
/// <param name="Kubeconfig">A kubeconfig; null for an EKS cluster by name.</param>
/// <param name="Cluster">The name of an EKS cluster; null for a kubeconfig.</param>
/// <param name="Environment">The environment, a home that is its own included.</param>
public sealed record Place(string? Kubeconfig, string? Cluster, IReadOnlyDictionary<string, string> Environment);
