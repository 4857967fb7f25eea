using System.Buffers;

namespace AuthMap.History;

/// <summary>
/// A small buffer between a JSON writer and a stream. By itself the writer keeps everything until it is flushed, and flushes the stream
/// as well, which makes what a compressing one compresses larger each time.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="hasRoom">Whether there is room for more; what comes later is dropped.</param>
internal sealed class StreamBuffer(Stream stream, Func<bool> hasRoom) : IBufferWriter<byte>
{
    private const int Usual = 16 * 1024;

    private byte[] _buffer = [];

    /// <inheritdoc/>
    public void Advance(int count)
    {
        if (hasRoom())
        {
            stream.Write(_buffer, 0, count);
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) =>
        _buffer.Length > 0 && _buffer.Length >= sizeHint ? _buffer : _buffer = new byte[Math.Max(sizeHint, Usual)];

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
