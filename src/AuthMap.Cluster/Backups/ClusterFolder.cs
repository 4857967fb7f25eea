using System.Text;
using AuthMap.Cluster.Manifests;

namespace AuthMap.Cluster.Backups;

/// <summary>The name of a cluster's folder: readable, allowed on every file system, and no other cluster's.</summary>
internal static class ClusterFolder
{
    private const int LongestReadable = 120;

    /// <param name="identity">What tells the cluster from every other one.</param>
    public static string NameOf(string identity)
    {
        var readable = string.Concat(identity.Take(LongestReadable).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_'));
        return $"{readable}-{Fingerprint.Of(Encoding.UTF8.GetBytes(identity))}";
    }
}
