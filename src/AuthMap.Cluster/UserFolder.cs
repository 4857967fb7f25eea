namespace AuthMap.Cluster;

/// <summary>Where programs keep their own files in a user's home. Nothing is made here.</summary>
internal static class UserFolder
{
    /// <summary>
    /// The folder of what only saves time: <c>authmap</c> in XDG_CACHE_HOME, else in <c>~/.cache</c>; <c>~/Library/Caches/authmap</c>;
    /// <c>%LOCALAPPDATA%\authmap\cache</c>.
    /// </summary>
    /// <returns>Null when this machine does not say where that is.</returns>
    public static string? Cache(HostEnvironment host)
    {
        var folder = Find(host, "XDG_CACHE_HOME", ".cache", "Caches");
        return folder is not null && OperatingSystem.IsWindows() ? Path.Combine(folder, "cache") : folder;
    }

    /// <summary>
    /// The folder of what should last on this machine: <c>authmap</c> in XDG_STATE_HOME, else in <c>~/.local/state</c>;
    /// <c>~/Library/Application Support/authmap</c>; <c>%LOCALAPPDATA%\authmap</c>.
    /// </summary>
    /// <returns>Null when this machine does not say where that is.</returns>
    public static string? State(HostEnvironment host) => Find(host, "XDG_STATE_HOME", ".local/state", "Application Support");

    private static string? Find(HostEnvironment host, string variable, string inHome, string inLibrary)
    {
        if (OperatingSystem.IsWindows())
        {
            return Absolute(host["LOCALAPPDATA"]) is { } local ? Path.Combine(local, "authmap") : null;
        }

        var home = Absolute(host.HomeDirectory);
        var parent = Absolute(host[variable])
            ?? (home is null ? null : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", inLibrary) : Path.Combine(home, inHome));
        return parent is null ? null : Path.Combine(parent, "authmap");
    }

    // A relative one is to be ignored, says the XDG specification.
    private static string? Absolute(string? path) => Path.IsPathFullyQualified(path ?? "") ? path : null;
}
