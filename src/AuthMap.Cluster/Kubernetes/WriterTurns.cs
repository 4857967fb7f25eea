using System.Runtime.Versioning;
using AuthMap.Cluster.Manifests;
using AuthMap.Editing;
using Microsoft.Win32.SafeHandles;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>
/// Lets the user's authmaps on this machine take turns at a cluster that has turned one of them down for another's write. It is no
/// guard, only courtesy: the version that each write asks for is what protects the map, also from writers elsewhere. On Windows there
/// are no turns.
/// </summary>
/// <param name="host">Where the user's locks are.</param>
/// <param name="clock">Time.</param>
/// <param name="cluster">What tells the cluster from every other one.</param>
public sealed class WriterTurns(HostEnvironment host, TimeProvider clock, string cluster) : IWriterTurns
{
    /// <inheritdoc/>
    public Task<IDisposable?> JoinAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        TakeAsync(onlyBehindOthers: true, patience, cancellationToken);

    /// <inheritdoc/>
    public Task<IDisposable?> WaitAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        TakeAsync(onlyBehindOthers: false, patience, cancellationToken);

    private async Task<IDisposable?> TakeAsync(bool onlyBehindOthers, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || Open() is not { } file)
        {
            return null;
        }

        if (UnixFile.Lock(file, wait: false))
        {
            if (!onlyBehindOthers)
            {
                return file;
            }

            file.Dispose();
            return null;
        }

        return await QueueAsync(file, patience, cancellationToken).ConfigureAwait(false);
    }

    // The system wakes one waiter when the turn is free, faster than any number of attempts. It cannot be cancelled, so who goes on
    // without the turn leaves it to whoever comes next.
    [UnsupportedOSPlatform("windows")]
    private async Task<IDisposable?> QueueAsync(SafeFileHandle file, TimeSpan patience, CancellationToken cancellationToken)
    {
        var turn = Task.Factory.StartNew(
            () => UnixFile.Lock(file, wait: true), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            if (await turn.WaitAsync(patience, clock, cancellationToken).ConfigureAwait(false))
            {
                return file;
            }

            file.Dispose();
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = turn.ContinueWith(_ => file.Dispose(), TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return null;
    }

    private SafeFileHandle? Open()
    {
        if (OperatingSystem.IsWindows() || LockFolder.Open(host) is not { } folder)
        {
            return null;
        }

        var path = FileLock.PathFor(folder, cluster);
        if (UnixFile.OpenToLock(path) is { } file)
        {
            return file;
        }

        try
        {
            File.WriteAllBytes(path, []);
            return UnixFile.OpenToLock(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
