namespace AuthMap.Cluster.Manifests;

/// <summary>A folder that is the user's alone: nobody else can put anything into it, or see what is there.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Who may do what. A folder below one with the set-group-id bit has that bit, too.
    private const UnixFileMode Rights = (UnixFileMode)0b111_111_111;

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
        var isNew = !folder.Exists;
        Directory.CreateDirectory(folder.FullName, Private);
        folder.Refresh();
        var owner = UnixFile.StatusOf(folder.FullName)?.User ?? UnixFile.CurrentUser;
        if (folder.LinkTarget is null && (folder.UnixFileMode & Rights) == Private && owner == UnixFile.CurrentUser)
        {
            return folder.FullName;
        }

        if (isNew)
        {
            // Some file systems know no modes, and some masks take away even the owner's rights.
            folder.Delete();
        }

        return null;
    }
}
