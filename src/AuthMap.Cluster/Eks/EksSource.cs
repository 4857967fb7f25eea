using AuthMap.Cluster.Aws;

namespace AuthMap.Cluster.Eks;

/// <summary>An EKS cluster as a user names it.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Aws">Who asks AWS for it, and in which region.</param>
/// <param name="UseCache">Whether its description may come from the user's cache, and is put there.</param>
public sealed record EksSource(string Cluster, AwsSettings Aws, bool UseCache = true);
