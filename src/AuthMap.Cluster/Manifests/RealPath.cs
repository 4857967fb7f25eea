namespace AuthMap.Cluster.Manifests;

/// <summary>Where a path really leads.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;

    /// <summary>The path with every symbolic link followed, in its folders too. What does not exist stays as it is.</summary>
    /// <exception cref="IOException">The links go round in circles.</exception>
    public static string Of(string path) => Resolve(Path.GetFullPath(path), new Counter());

    private static string Resolve(string path, Counter links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var here = Path.Combine(Resolve(parent, links), Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target)
        {
            return here;
        }

        if (++links.Value > MaxLinks)
        {
            throw new IOException($"{path} is a symbolic link that leads nowhere: too many links");
        }

        return Resolve(Path.GetFullPath(target, Path.GetDirectoryName(here)!), links);
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }
}
