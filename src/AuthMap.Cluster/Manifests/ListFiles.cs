using AuthMap.Lists;

namespace AuthMap.Cluster.Manifests;

/// <summary>Reads the files that list wanted mappings.</summary>
public static class ListFiles
{
    /// <summary>Reads a file, a directory with everything below it, or standard input.</summary>
    /// <param name="path">The path; <c>-</c> is standard input.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="keepPath">Write role paths although they can never match.</param>
    /// <param name="cancellationToken">Ends the wait for standard input.</param>
    /// <returns>The lists, at least one, in the order of their names.</returns>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: there is no such file, one cannot be read exactly,
    /// or two contradict each other.</exception>
    public static async Task<IReadOnlyList<MappingList>> ReadAsync(
        string path, Stream input, bool keepPath, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            if (path == "-")
            {
                var bytes = await Task.Run(() => ManifestBytes.ReadAllAsync(input, cancellationToken), cancellationToken)
                    .WaitAsync(cancellationToken).ConfigureAwait(false);
                return [MappingList.Read(Decode(bytes, "standard input"), "standard input", keepPath)];
            }

            if (!Directory.Exists(path))
            {
                return [MappingList.Read(await ReadFileAsync(path, cancellationToken).ConfigureAwait(false), path, keepPath)];
            }

            List<(string File, MappingList List)> lists = [];
            foreach (var file in ManifestSearch.Files(path))
            {
                var text = await ReadFileAsync(file, cancellationToken).ConfigureAwait(false);
                if (MappingList.TryRead(text, file, keepPath) is { } list)
                {
                    lists.Add((file, list));
                }
            }

            MappingList.CheckTogether(lists);
            return lists.Count > 0 ? [.. lists.Select(read => read.List)] : throw Usage($"no file below {path} lists mappings");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuthMapException(new Failure(FailureKind.Usage, exception is FileNotFoundException or DirectoryNotFoundException
                ? $"there is no file {path}"
                : $"{path} cannot be read: {exception.Message}"), exception);
        }
    }

    // Opening a pipe waits for whoever writes to it, which a token cannot end.
    private static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        var reading = Task.Run(
            async () =>
            {
                await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                return await ManifestBytes.ReadAllAsync(file, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
        return Decode(await reading.WaitAsync(cancellationToken).ConfigureAwait(false), path);
    }

    private static string Decode(byte[] bytes, string name)
    {
        try
        {
            return ManifestBytes.Decode(bytes, name).Text;
        }
        catch (AuthMapException exception)
        {
            throw new AuthMapException(exception.Failure with { Kind = FailureKind.Usage }, exception);
        }
    }

    private static AuthMapException Usage(string message) =>
        new(FailureKind.Usage, message, "a list of mappings, an eksctl ClusterConfig, or a manifest with aws-auth; *.yaml, *.yml or *.json");
}
