namespace AuthMap.Cluster.Manifests;

/// <summary>Finds the files of a folder that may hold aws-auth.</summary>
public static class ManifestSearch
{
    private static readonly string[] _extensions = [".yaml", ".yml", ".json"];

    private static readonly EnumerationOptions _everywhere = new()
    {
        RecurseSubdirectories = true,
        // Links could lead round in a circle, devices have no end, and hidden folders are those of tools.
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint | FileAttributes.Device,
        IgnoreInaccessible = false,
    };

    /// <summary>The YAML and JSON files below a folder that mention aws-auth, by name; hidden ones and links are passed over.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Paths that begin with the folder's, in order.</returns>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Failed"/>: the folder or a file cannot be read.</exception>
    public static IReadOnlyList<string> Find(string folder)
    {
        try
        {
            return
            [
                .. Files(folder).Where(path => File.ReadAllBytes(path).AsSpan().IndexOf("aws-auth"u8) >= 0),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuthMapException(new Failure(FailureKind.Failed, $"{folder} cannot be searched: {AtomicFile.Reason(exception)}"), exception);
        }
    }

    /// <summary>The YAML and JSON files below a folder, by name; hidden ones and links are passed over.</summary>
    internal static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", _everywhere)
        .Where(path => _extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal);
}
