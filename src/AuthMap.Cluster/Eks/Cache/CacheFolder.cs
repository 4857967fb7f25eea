using AuthMap.Cluster.Manifests;

namespace AuthMap.Cluster.Eks.Cache;

/// <summary>
/// The user's cache folder of this program (<see cref="UserFolder.Cache"/>). What lies in it decides whom a token is shown to, so only
/// one that is the user's alone is used.
/// </summary>
internal static class CacheFolder
{
    /// <summary>Where it is, whether it exists or not; null when this machine does not say.</summary>
    public static string? PathOf(HostEnvironment host) => UserFolder.Cache(host);

    /// <summary>Makes it where it is missing.</summary>
    /// <returns>Its path; null when there is none that can be trusted.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
    public static string? Open(HostEnvironment host) => PathOf(host) is { } path ? PrivateFolder.Open(path) : null;
}
