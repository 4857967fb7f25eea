using System.Buffers;

namespace AuthMap.Cluster;

/// <summary>
/// Bytes of which nobody knows yet how many there will be, in borrowed pieces. An array that grows is copied and thrown away over and
/// over, and each one of a map's size brings the next full garbage collection nearer.
/// </summary>
internal sealed class PooledBytes : IBufferWriter<byte>, IDisposable
{
    // In bytes; well below the size from which the runtime calls an array large.
    private const int Piece = 64 * 1024;

    private readonly List<(byte[] Bytes, int Length)> _full = [];
    private byte[] _last = [];
    private int _used;

    /// <summary>How many there are so far.</summary>
    public int Length { get; private set; }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        _used += count;
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_last.Length - _used < Math.Max(sizeHint, 1))
        {
            _full.Add((_last, _used));
            (_last, _used) = (ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, Piece)), 0);
        }

        return _last.AsMemory(_used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>All of them, in one array.</summary>
    public byte[] ToArray()
    {
        var all = GC.AllocateUninitializedArray<byte>(Length);
        var rest = all.AsSpan();
        foreach (var (bytes, length) in _full)
        {
            bytes.AsSpan(0, length).CopyTo(rest);
            rest = rest[length..];
        }

        _last.AsSpan(0, _used).CopyTo(rest);
        return all;
    }

    /// <summary>Gives the pieces back.</summary>
    public void Dispose()
    {
        foreach (var bytes in _full.Select(piece => piece.Bytes).Append(_last))
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        _full.Clear();
        (_last, _used, Length) = ([], 0, 0);
    }
}
