namespace AuthMap.Cluster.Manifests;

/// <summary>
/// The folder of the user's locks, and of ways back while they are open: <c>authmap-UID</c> in XDG_RUNTIME_DIR, else in the folder for temporary files. That one may be
/// shared, and whoever can write to a lock folder can keep others from writing, so only one that is the user's alone is used.
/// </summary>
internal static class LockFolder
{
    /// <summary>Makes it where it is missing.</summary>
    /// <returns>Its path; null when there is none that can be trusted.</returns>
    public static string? Open(HostEnvironment host)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // The folder for temporary files is the user's own there.
                return Directory.CreateDirectory(Path.Combine(host.TempDirectory, "authmap")).FullName;
            }

            var parent = host["XDG_RUNTIME_DIR"] is { } runtime && Directory.Exists(runtime) ? runtime : host.TempDirectory;
            return PrivateFolder.Open(Path.Combine(parent, $"authmap-{UnixFile.CurrentUser}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
