namespace AuthMap.Benchmarks.Tools;

/// <summary>Where a tool finds the map, and all of its environment.</summary>
/// <param name="Kubeconfig">A kubeconfig; null for another place.</param>
/// <param name="Cluster">The name of an EKS cluster; null for another place.</param>
/// <param name="Manifest">A manifest file; null for a cluster.</param>
/// <param name="Environment">The environment, a home that is its own included.</param>
public sealed record Place(string? Kubeconfig, string? Cluster, string? Manifest, IReadOnlyDictionary<string, string> Environment);
