using AuthMap.Cluster.Aws.Config;
using AuthMap.Cluster.Kubernetes.Config;

namespace AuthMap.Cluster;

/// <summary>The names that the files of this machine define, for suggestions. Nothing is contacted.</summary>
public static class LocalNames
{
    /// <summary>The contexts of a kubeconfig, with the cluster of each.</summary>
    /// <param name="kubeconfig">The kubeconfig file; null: those of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>.</param>
    /// <param name="host">Where to look.</param>
    /// <exception cref="AuthMapException">A file is not there or cannot be read.</exception>
    public static IReadOnlyList<(string Context, string Cluster)> Contexts(string? kubeconfig, HostEnvironment host) =>
        [.. KubeconfigFiles.Read(kubeconfig, host).Config.Contexts.Select(pair => (pair.Key, pair.Value.Cluster))];

    /// <summary>The profiles of the AWS config and credentials files, with the region of each where it has one.</summary>
    /// <param name="host">Where to look.</param>
    /// <exception cref="AuthMapException">A file cannot be read.</exception>
    public static IReadOnlyList<(string Profile, string? Region)> Profiles(HostEnvironment host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var profiles = AwsProfiles.Read(host);
        return [.. profiles.Names.Select(name => (name, profiles.Find(name)?["region"]))];
    }
}
