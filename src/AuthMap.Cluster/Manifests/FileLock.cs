using System.Text;

namespace AuthMap.Cluster.Manifests;

/// <summary>
/// Keeps other authmaps off a file while it is replaced. The lock is an empty file in the folder for temporary files, named after
/// the real path, so that nothing is left beside the manifest; the system drops it when the process ends. It is advisory and only
/// spares conflicts: where it cannot be had, the version check still stands.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for the lock of a file.</summary>
    /// <returns>The lock, to be disposed; null when this system gives none.</returns>
    public static async Task<IDisposable?> AcquireAsync(string realPath, CancellationToken cancellationToken)
    {
        var path = PathFor(realPath);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return Open(path);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>The lock file of a file. It stays: to remove it while somebody waits for it would give two of them the lock.</summary>
    internal static string PathFor(string realPath) =>
        Path.Combine(Path.GetTempPath(), $"authmap-{Fingerprint.Of(Encoding.UTF8.GetBytes(realPath))}.lock");

    private static FileStream Open(string path)
    {
        try
        {
            // Reading is enough to lock, and possible on a lock file that another user made.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
    }
}
