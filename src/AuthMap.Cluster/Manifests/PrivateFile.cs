namespace AuthMap.Cluster.Manifests;

/// <summary>A file that its user alone may read, in a <see cref="PrivateFolder"/>: it is there as a whole, or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>Writes it beside its place and renames it. It need not outlive a power cut, so nothing is flushed.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="overwrite">Whether it may take the place of another.</param>
    /// <exception cref="IOException">It cannot be written, or its place is taken.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
