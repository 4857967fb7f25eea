using System.Diagnostics.CodeAnalysis;
using System.IO.Pipes;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AuthMap.Cli.Tests;

/// <summary>A pipe stands for the terminal.</summary>
public sealed class KeyboardStreamTests : IDisposable
{
    private readonly AnonymousPipeServerStream _keys = new(PipeDirection.Out);
    private readonly Terminal _terminal;

    [SuppressMessage("Interoperability", "CA1416", Justification = "The tests run where there are descriptors.")]
    public KeyboardStreamTests()
    {
        var handle = new SafeFileHandle(_keys.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        _terminal = new(new KeyboardStream(handle), Stream.Null, Stream.Null);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task A_question_that_nobody_answered_leaves_the_next_line_to_the_next_one()
    {
        using var stop = new CancellationTokenSource();
        var unanswered = _terminal.ReadLineAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unanswered);

        Type("yes\nno\n");

        Assert.Equal("yes", await _terminal.ReadLineAsync(Cancellation));
        Assert.Equal("no", await _terminal.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task The_end_of_the_input_is_an_answer()
    {
        Type("half");
        _keys.Dispose();

        Assert.Equal("half", await _terminal.ReadLineAsync(Cancellation));
        Assert.Null(await _terminal.ReadLineAsync(Cancellation));
    }

    private void Type(string text) => _keys.Write(Encoding.UTF8.GetBytes(text));
}
