using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AuthMap.Cli;

/// <summary>
/// What somebody types at a terminal, read from its descriptor. A read is begun only when there is something to be read, so that one
/// that was cancelled leaves the next line to whoever reads then: another question, an editor, the shell.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class KeyboardStream(SafeFileHandle terminal) : Stream
{
    private const short Input = 1; // POLLIN
    private const int LookAgain = 50; // milliseconds

    private readonly FileStream _inner = new(terminal, FileAccess.Read, bufferSize: 0);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => _inner.Read(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => await Task.Run(
        () =>
        {
            var descriptor = (int)_inner.SafeFileHandle.DangerousGetHandle();
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            while (!IsReady(descriptor));

            return _inner.Read(buffer.Span);
        },
        CancellationToken.None);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // The end of the input and a fault are ready, too: the read tells.
    private static bool IsReady(int descriptor)
    {
        var wanted = new Wanted { Descriptor = descriptor, Events = Input };
        return poll(ref wanted, 1, LookAgain) > 0;
    }

    private struct Wanted
    {
        public int Descriptor;
        public short Events;
        public short Found;
    }

#pragma warning disable IDE1006, SYSLIB1054 // The name is the system's own; a plain struct needs no generated marshalling.
    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll(ref Wanted wanted, nuint count, int timeout);
#pragma warning restore IDE1006, SYSLIB1054
}
