using AuthMap.Editing;

namespace AuthMap.Cluster.Manifests;

/// <summary>A manifest in a file: <c>--manifest FILE</c>. It is replaced as a whole; its mode and symbolic links stay.</summary>
/// <param name="path">The file.</param>
/// <param name="host">The machine: where locks are kept while a file is replaced.</param>
/// <param name="init">Whether a missing file or aws-auth counts as an empty map, to be made with the first write.</param>
public sealed class ManifestStore(string path, HostEnvironment host, bool init = false) : IAwsAuthStore
{
    private ManifestState? _state;
    private bool _isRegular = true;

    /// <inheritdoc/>
    public string Target => path;

    /// <inheritdoc/>
    /// <exception cref="AuthMapException"><see cref="FailureKind.NotFound"/>: no such file, or no aws-auth in it;
    /// <see cref="FailureKind.Usage"/>: a directory; <see cref="FailureKind.Refused"/>: not a readable manifest;
    /// <see cref="FailureKind.Failed"/>: the file cannot be read.</exception>
    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        _state = ManifestState.Read(await ReadContentAsync(cancellationToken).ConfigureAwait(false), path, init);
        return _state.ToSnapshot();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        return _state is { } state && state.Version == read.Version
            ? state.Preview(write)
            : throw new InvalidOperationException("the snapshot is not the last one that this store has read");
    }

    /// <inheritdoc/>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Failed"/>: the file cannot be written;
    /// <see cref="FailureKind.Refused"/>: its text cannot be changed safely. Nothing changed in either case.</exception>
    public async Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        if (!_isRegular)
        {
            throw AtomicFile.NotRegular(path);
        }

        var conflict = new Conflicted($"{path} was changed meanwhile");
        using var fileLock = await FileLock.TryAcquireAsync(host, FindFile()).ConfigureAwait(false);
        if (fileLock is null)
        {
            return new Conflicted($"another authmap is writing {path}");
        }

        var content = await ReadContentAsync(cancellationToken).ConfigureAwait(false);
        if (VersionOf(content) != read.Version)
        {
            return conflict;
        }

        var state = ManifestState.Read(content, path, init);
        var bytes = ManifestBytes.Encode(state.With(write).Document.Text);
        var written = ManifestBytes.Decode(bytes, path).Version;
        if (written == read.Version)
        {
            return new Written(written);
        }

        // An editor that knows no lock may save while the new file goes to disk.
        var replaced = await AtomicFile.ReplaceAsync(FindFile(), path, bytes, async () =>
            VersionOf(await ReadContentAsync(cancellationToken).ConfigureAwait(false)) == read.Version).ConfigureAwait(false);
        return replaced ? new Written(written) : conflict;
    }

    private static string VersionOf(ManifestBytes? content) => content?.Version ?? ManifestState.Absent;

    private string FindFile()
    {
        try
        {
            return RealPath.Of(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception);
        }
    }

    private async Task<ManifestBytes?> ReadContentAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new AuthMapException(FailureKind.Usage, $"{path} is a directory", "name the manifest in it");
        }

        try
        {
            const FileShare Others = FileShare.ReadWrite | FileShare.Delete;

            // As it was given: /dev/stdin and the shell's <(...) are links that lead nowhere but are open all the same.
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, Others, bufferSize: 0);
            await using (stream.ConfigureAwait(false))
            {
                _isRegular = stream.CanSeek;
                var bytes = await ManifestBytes.ReadAllAsync(stream, cancellationToken).ConfigureAwait(false);
                return ManifestBytes.Decode(bytes, path);
            }
        }
        catch (FileNotFoundException) when (init)
        {
            return null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AuthMapException(
                new Failure(
                    FailureKind.NotFound,
                    exception is FileNotFoundException ? $"{path} does not exist" : $"{path} does not exist, nor does its folder",
                    exception is FileNotFoundException ? "look for a typo in the path; authmap create iamidentitymapping … --init makes a new one" : "make the folder first, or look for a typo in the path"),
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception);
        }
    }

    private AuthMapException Unreadable(Exception exception) =>
        new(new Failure(FailureKind.Failed, $"{path} cannot be read: {AtomicFile.Reason(exception)}"), exception);
}
