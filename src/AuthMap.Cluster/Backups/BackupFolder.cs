using System.Text;
using AuthMap.Cluster.Manifests;
using AuthMap.Editing;
using AuthMap.Manifests;

namespace AuthMap.Cluster.Backups;

/// <summary>
/// The user's copies of a cluster's aws-auth: manifests in <c>backups/CLUSTER</c> of the user's state folder (XDG_STATE_HOME, else
/// <c>~/.local/state</c>, in it <c>authmap</c>; <c>~/Library/Application Support/authmap</c>; <c>%LOCALAPPDATA%\authmap</c>), the newest
/// 50, readable by the user alone. They come on top of what they are made for: nothing that goes wrong with them is an error.
/// </summary>
/// <param name="host">Where the user's state folder is.</param>
/// <param name="clock">Time, for the names of the files.</param>
/// <param name="cluster">What tells the cluster from every other one (<see cref="IAwsAuthStore.Identity"/>).</param>
/// <param name="log">Gets a line about what was kept, or why nothing was; null: nobody listens.</param>
public sealed class BackupFolder(HostEnvironment host, TimeProvider clock, string cluster, Action<string>? log)
{
    /// <summary>How many are kept of a cluster.</summary>
    public const int Limit = 50;

    private const string Backups = "backups";

    // In characters.
    private const int BufferSize = 4096;

    /// <summary>Keeps the object as it was read, as <c>get --output manifest</c> prints it; of an absent one there is nothing to keep.</summary>
    /// <param name="read">The object.</param>
    /// <returns>Takes what was kept away again, for a write that did not happen.</returns>
    public Action Keep(Snapshot read)
    {
        ArgumentNullException.ThrowIfNull(read);
        string? kept = null;
        if (read.Exists)
        {
            Try("kept", () => kept = Write(read.Data));
        }

        if (kept is null)
        {
            return () => { };
        }

        Try("pruned", () => Prune(kept));
        return () => Try("removed", () =>
        {
            File.Delete(kept);
            log?.Invoke($"backup: removed {kept}: the map was not written");
        });
    }

    /// <summary>The path of the newest copy; null when there is none to be found.</summary>
    public string? Newest()
    {
        string? newest = null;
        Try("looked for", () => newest = UserFolder.State(host) is { } state
            ? Directory.EnumerateFiles(Path.Combine(state, Backups, ClusterFolder.NameOf(cluster)))
                .Where(path => BackupName.IsOurs(Path.GetFileName(path)) && !path.EndsWith(".tmp", StringComparison.Ordinal))
                .Max(StringComparer.Ordinal)
            : null);
        return newest;
    }

    private string? Write(IReadOnlyDictionary<string, string> data)
    {
        if (Open() is not { } folder)
        {
            return null;
        }

        for (var time = clock.GetUtcNow(); ; time = time.AddMilliseconds(1))
        {
            var path = Path.Combine(folder, BackupName.Of(time));
            try
            {
                PrivateFile.Write(path, stream => Write(stream, data), overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another run's, of the same moment.
                continue;
            }

            log?.Invoke($"backup: the map as it was is kept in {path}");
            return path;
        }
    }

    private static void Write(Stream stream, IReadOnlyDictionary<string, string> data)
    {
        using var manifest = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true);
        ManifestDocument.Write(manifest, data);
    }

    /// <summary>Opens the cluster's folder and the one of all clusters; null when one is not the user's alone.</summary>
    private string? Open()
    {
        if (UserFolder.State(host) is not { } state)
        {
            log?.Invoke("backup: none is kept: there is no folder for it (no home directory)");
            return null;
        }

        var path = state;
        foreach (var next in new[] { Backups, ClusterFolder.NameOf(cluster) })
        {
            path = Path.Combine(path, next);
            if (WhyNot(path) is { } reason)
            {
                log?.Invoke($"backup: none is kept: {path} {reason}");
                return null;
            }
        }

        return path;
    }

    private static string? WhyNot(string path)
    {
        try
        {
            return PrivateFolder.Open(path) is null ? "is not yours alone" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be made: {AtomicFile.Reason(e)}";
        }
    }

    // Whatever the clocks say, the newest is the one that was just written.
    private static void Prune(string newest)
    {
        var others = new DirectoryInfo(Path.GetDirectoryName(newest)!).EnumerateFiles()
            .Where(file => BackupName.IsOurs(file.Name) && file.FullName != newest);
        foreach (var file in others.OrderByDescending(file => file.Name, StringComparer.Ordinal).Skip(Limit - 1))
        {
            file.Delete();
        }
    }

    private void Try(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or AuthMapException)
        {
            log?.Invoke($"backup: cannot be {what}: {(e is AuthMapException ? e.Message : AtomicFile.Reason(e)).ReplaceLineEndings(" ")}");
        }
    }
}
