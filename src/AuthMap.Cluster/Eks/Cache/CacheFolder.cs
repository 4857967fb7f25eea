using AuthMap.Cluster.Manifests;

namespace AuthMap.Cluster.Eks.Cache;

/// <summary>
/// The user's cache folder of this program: <c>authmap</c> in XDG_CACHE_HOME, else in <c>~/.cache</c>; <c>%LOCALAPPDATA%\authmap\cache</c>;
/// <c>~/Library/Caches/authmap</c>. What lies in it decides whom a token is shown to, so only one that is the user's alone is used.
/// </summary>
internal static class CacheFolder
{
    /// <summary>Where it is, whether it exists or not; null when this machine does not say.</summary>
    public static string? PathOf(HostEnvironment host)
    {
        if (OperatingSystem.IsWindows())
        {
            return Absolute(host["LOCALAPPDATA"]) is { } local ? Path.Combine(local, "authmap", "cache") : null;
        }

        var home = Absolute(host.HomeDirectory);
        var parent = Absolute(host["XDG_CACHE_HOME"])
            ?? (home is null ? null : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache"));
        return parent is null ? null : Path.Combine(parent, "authmap");
    }

    /// <summary>Makes it where it is missing.</summary>
    /// <returns>Its path; null when there is none that can be trusted.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
    public static string? Open(HostEnvironment host) => PathOf(host) is { } path ? PrivateFolder.Open(path) : null;

    // A relative one is to be ignored, says the XDG specification.
    private static string? Absolute(string? path) => Path.IsPathFullyQualified(path ?? "") ? path : null;
}
