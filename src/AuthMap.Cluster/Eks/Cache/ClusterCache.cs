using System.Text.Json;
using AuthMap.Cluster.Manifests;

namespace AuthMap.Cluster.Eks.Cache;

/// <summary>
/// Descriptions of clusters on disk, for an hour, so that a listing costs one request. A file for each caller and cluster, replaced
/// as a whole, so many processes may share them. Whatever is wrong with it, it only costs a request: nothing here fails.
/// </summary>
/// <param name="host">Where the user's cache folder is.</param>
/// <param name="clock">Time.</param>
/// <param name="log">Gets a line about what was found; null: nobody listens.</param>
internal sealed class ClusterCache(HostEnvironment host, TimeProvider clock, Action<string>? log)
{
    private const int LargestFile = 64 << 10;
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    // Long enough after its end that nobody is reading it, even with another clock.
    private static readonly TimeSpan KeptOnDisk = TimeSpan.FromDays(7);

    /// <summary>The description if there is a fresh one, else null.</summary>
    public ClusterDescription? Read(CacheKey key) => Try("read", folder =>
    {
        var path = Path.Combine(folder, key.FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length > LargestFile || CacheEntry.Read(stream) is not { } entry || entry.Key != key)
        {
            log?.Invoke($"cache: {path} is not what its name says; not used");
            return null;
        }

        // From the future means that some clock is wrong, and then its age is not known.
        var age = clock.GetUtcNow() - entry.Stored;
        var isFresh = age >= TimeSpan.Zero && age < Life;
        log?.Invoke($"cache: {path} is {age.TotalMinutes:0} min old{(isFresh ? "" : "; not used")}");
        return isFresh ? entry.Cluster : null;
    });

    /// <summary>Keeps a description.</summary>
    public void Write(CacheKey key, ClusterDescription cluster) => Try("written", folder =>
    {
        PrivateFile.Write(
            Path.Combine(folder, key.FileName),
            new CacheEntry(key, clock.GetUtcNow(), cluster).Write,
            overwrite: true);
        Sweep(folder);
        return cluster;
    });

    /// <summary>Drops what is there.</summary>
    public void Remove(CacheKey key) => Try<object>("cleared", folder =>
    {
        File.Delete(Path.Combine(folder, key.FileName));
        return null;
    });

    /// <summary>Removes what nobody asks for any more: keys that end with a session's credentials, and what a crash left.</summary>
    private void Sweep(string folder)
    {
        var old = clock.GetUtcNow() - KeptOnDisk;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < old))
        {
            file.Delete();
        }
    }

    private T? Try<T>(string what, Func<string, T?> action)
        where T : class
    {
        try
        {
            if (CacheFolder.Open(host) is { } folder)
            {
                return action(folder);
            }

            log?.Invoke($"cache: {CacheFolder.PathOf(host) ?? "no folder"} is not yours alone; not used");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException or ArgumentException)
        {
            log?.Invoke($"cache: cannot be {what}: {e.Message.ReplaceLineEndings(" ")}");
        }

        return null;
    }
}
