using System.Net;
using System.Net.Http.Headers;

namespace AuthMap.Cluster.Kubernetes.Http;

/// <summary>A body that is sent once. HttpClient quietly repeats a request when a kept connection breaks under it; a write that
/// may have happened must come back as unknown instead.</summary>
internal sealed class SingleUseContent : HttpContent
{
    private readonly byte[] _body;
    private bool _used;

    public SingleUseContent(byte[] body, string mediaType)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_used)
        {
            throw new IOException("the connection broke");
        }

        _used = true;
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
