using System.Text;
using AuthMap.Cluster.Kubernetes.Config;

namespace AuthMap.Cluster.Kubernetes.Http;

/// <summary>Puts the impersonation headers into the one request of a connection. The API server wants a line for each group, and
/// HttpClient would join them into one line, which names one group with commas in it.</summary>
/// <param name="inner">The connection, under HTTP and over TLS.</param>
/// <param name="lines">The header lines.</param>
internal sealed class ImpersonationStream(Stream inner, byte[] lines) : Stream
{
    private bool _done;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The header lines for an impersonation, each with its line end.</summary>
    /// <exception cref="AuthMapException">A value cannot stand in a header.</exception>
    public static byte[] Lines(Impersonation who)
    {
        var headers = new List<(string Name, string Value)> { ("Impersonate-User", who.User ?? "") };
        if (who.Uid is not null)
        {
            headers.Add(("Impersonate-Uid", who.Uid));
        }

        headers.AddRange(who.Groups.Select(group => ("Impersonate-Group", group)));

        // The server unescapes the key, so that it may hold what a header name may not.
        headers.AddRange(
            from extra in who.Extra
            from value in extra.Value
            select ($"Impersonate-Extra-{Uri.EscapeDataString(extra.Key)}", value));
        return headers.Any(header => header.Value.Any(char.IsControl))
            ? throw new AuthMapException(FailureKind.Failed, "the kubeconfig's impersonation holds a control character")
            : Encoding.UTF8.GetBytes(string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n")));
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // HTTP writes the request line at the start of the first buffer, so the line after it is the first header.
        if (!_done && buffer.Span.IndexOf("\r\n"u8) is var end and >= 0)
        {
            _done = true;
            await inner.WriteAsync(buffer[..(end + 2)], cancellationToken);
            await inner.WriteAsync(lines, cancellationToken);
            buffer = buffer[(end + 2)..];
        }

        await inner.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
