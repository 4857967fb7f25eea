using AuthMap.Editing;

namespace AuthMap.Cluster.Manifests;

/// <summary>A manifest that comes in on a stream and, changed or not, goes out as text: <c>--manifest -</c>.</summary>
/// <param name="input">The stream; it is read once, to its end.</param>
/// <param name="init">Whether a missing aws-auth counts as an empty one, to be added with the first write.</param>
public sealed class StdinManifestStore(Stream input, bool init = false) : IAwsAuthStore
{
    private byte[]? _bytes;
    private ManifestState? _state;

    /// <inheritdoc/>
    public string Target => "standard input";

    /// <summary>The resulting manifest: byte for byte what came in, until something was written.</summary>
    /// <exception cref="InvalidOperationException">Nothing was read yet.</exception>
    public ReadOnlyMemory<byte> Result => _bytes ?? throw new InvalidOperationException("nothing was read yet");

    /// <inheritdoc cref="Result"/>
    public string ResultText => ManifestBytes.Decode(Result.Span, Target).Text;

    /// <inheritdoc/>
    /// <exception cref="AuthMapException"><see cref="FailureKind.NotFound"/>: no aws-auth in it; <see cref="FailureKind.Refused"/>:
    /// not a readable manifest; <see cref="FailureKind.Failed"/>: the stream cannot be read.</exception>
    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A read that has begun cannot be cancelled, only left alone.
            var bytes = _bytes ?? await Task.Run(() => ManifestBytes.ReadAllAsync(input, cancellationToken), cancellationToken)
                .WaitAsync(cancellationToken).ConfigureAwait(false);

            // Ctrl-C ends the program before us in a pipe, too, and half a manifest is no manifest.
            cancellationToken.ThrowIfCancellationRequested();
            _bytes = bytes;
        }
        catch (IOException exception)
        {
            throw new AuthMapException(new Failure(FailureKind.Failed, $"standard input cannot be read: {exception.Message}"), exception);
        }

        _state ??= ManifestState.Read(ManifestBytes.Decode(_bytes, Target), Target, init);
        return _state.ToSnapshot();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return State.Preview(write);
    }

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        cancellationToken.ThrowIfCancellationRequested();
        if (read.Version != State.Version)
        {
            return Task.FromResult<WriteResult>(new Conflicted("standard input was changed meanwhile"));
        }

        var bytes = ManifestBytes.Encode(State.With(write).Document.Text);
        _state = ManifestState.Read(ManifestBytes.Decode(bytes, Target), Target, init);
        _bytes = bytes;
        return Task.FromResult<WriteResult>(new Written(_state.Version));
    }

    private ManifestState State => _state ?? throw new InvalidOperationException("nothing was read yet");
}
