namespace AuthMap.Cluster.Manifests;

/// <summary>
/// Replaces a file as a whole: whoever reads it, and whatever happens meanwhile, finds the old one or the new one. Other hard
/// links to the old file keep the old content.
/// </summary>
internal static class AtomicFile
{
    private const int DeviceBusy = 16; // EBUSY: a mount point, for instance a file mounted into a container
    private const int CrossDevice = 18; // EXDEV
    private const string OtherWay = "--manifest - reads standard input and writes standard output";

    /// <summary>Writes a temporary file beside it and renames that.</summary>
    /// <param name="path">The real path; a symbolic link would be replaced.</param>
    /// <param name="name">The file's name in messages.</param>
    /// <param name="bytes">The new content.</param>
    /// <param name="ready">Asked when everything is on disk but the name: whether to go on.</param>
    /// <returns>Whether the file was replaced: false when <paramref name="ready"/> said no.</returns>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Failed"/>: it cannot be written; nothing changed.</exception>
    public static async Task<bool> ReplaceAsync(string path, string name, ReadOnlyMemory<byte> bytes, Func<ValueTask<bool>> ready)
    {
        var folder = Path.GetDirectoryName(path) ?? path;
        var exists = File.Exists(path);
        var temporary = Path.Combine(folder, $".authmap-{Guid.NewGuid():N}.tmp");
        try
        {
            if (exists)
            {
                RefuseReadOnly(path, name);
            }

            await WriteAsync(temporary, bytes, exists ? path : null).ConfigureAwait(false);
            if (!await ready().ConfigureAwait(false))
            {
                return false;
            }

            File.Move(temporary, path, overwrite: exists);
            if (!OperatingSystem.IsWindows())
            {
                UnixFile.FlushFolder(folder);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(name, exception);
        }
        finally
        {
            Remove(temporary);
        }
    }

    /// <summary>A pipe or a device holds nothing that could be replaced.</summary>
    public static AuthMapException NotRegular(string name) =>
        new(FailureKind.Failed, $"{name} cannot be replaced: it is not a regular file", OtherWay);

    /// <summary>What a fault of a file means, without the path that the framework puts into it.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "its folder does not exist",
        _ => exception.Message.Split(" : '")[0].TrimEnd('.') is { Length: > 0 } text
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : "input or output fault",
    };

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, string? like)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && like is not null)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(path, options);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows() && like is not null)
            {
                // The owner first: changing it may clear bits of the mode.
                UnixFile.CopyOwner(like, path);
                File.SetUnixFileMode(path, File.GetUnixFileMode(like));
            }

            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>A rename asks only the folder; a file that says that it must not be written is left alone, whoever asks.</summary>
    private static void RefuseReadOnly(string path, string name)
    {
        const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (UnixFile.StatusOf(path) is { IsRegular: false })
        {
            throw NotRegular(name);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & AnyWrite) == 0)
        {
            throw new AuthMapException(FailureKind.Failed, $"{name} cannot be written: it is read-only", "allow it first: chmod u+w");
        }

        new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
    }

    private static AuthMapException Failed(string name, Exception exception)
    {
        var mounted = exception.HResult is DeviceBusy or CrossDevice;
        return new(
            new Failure(
                FailureKind.Failed,
                mounted
                    ? $"{name} cannot be replaced: it is mounted as a single file"
                    : $"{name} cannot be written: {Reason(exception)}",
                mounted ? $"{OtherWay}; or mount its folder" : null),
            exception);
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What failed before is the better thing to report.
        }
    }
}
