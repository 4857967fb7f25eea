using System.Text;

namespace AuthMap.Cluster.Manifests;

/// <summary>
/// Keeps the user's other authmaps off a file while it is replaced. The lock is an empty file in the user's <see cref="LockFolder"/>,
/// named after the real path, so that nothing is left beside the manifest; the system drops it when the process ends. It is advisory
/// and only spares conflicts: where it cannot be had, the version check still stands.
/// </summary>
internal sealed class FileLock : IDisposable
{
    // A write holds it for milliseconds; who waits longer looks at the file again, and at the time left.
    private const int Tries = 25;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly FileStream? _stream;

    private FileLock(FileStream? stream) => _stream = stream;

    /// <summary>Waits a moment for the lock of a file: too short to be worth cancelling.</summary>
    /// <param name="host">Where the user's locks are.</param>
    /// <param name="realPath">The file.</param>
    /// <returns>The lock, to be disposed, which locks nothing where this system gives none; null when somebody else holds it.</returns>
    public static async Task<FileLock?> TryAcquireAsync(HostEnvironment host, string realPath)
    {
        if (LockFolder.Open(host) is not { } folder)
        {
            return new(null);
        }

        var path = PathFor(folder, realPath);
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                return new(Open(path));
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return new(null);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    /// <summary>The lock file of a file, or of whatever else has a name of its own. It stays: to remove it while somebody waits for it would give two of them the lock.</summary>
    internal static string PathFor(string folder, string realPath) =>
        Path.Combine(folder, $"{Fingerprint.Of(Encoding.UTF8.GetBytes(realPath))}.lock");

    private static FileStream Open(string path)
    {
        try
        {
            // Reading is enough to lock.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
    }
}
