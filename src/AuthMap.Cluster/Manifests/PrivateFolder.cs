namespace AuthMap.Cluster.Manifests;

/// <summary>A folder that is the user's alone: nobody else can put anything into it, or see what is there.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes it where it is missing.</summary>
    /// <returns>Its path; null when what is there is not the user's alone. On Windows only its place tells, which is not looked at.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
    public static string? Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path).FullName;
        }

        var folder = new DirectoryInfo(path);
        Directory.CreateDirectory(folder.FullName, Private);
        var owner = UnixFile.StatusOf(folder.FullName)?.User ?? UnixFile.CurrentUser;
        return folder.LinkTarget is null && folder.UnixFileMode == Private && owner == UnixFile.CurrentUser ? folder.FullName : null;
    }
}
