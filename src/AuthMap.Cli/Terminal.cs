using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AuthMap.Cli;

/// <summary>The three streams, and what is known about who reads them.</summary>
internal sealed record Terminal
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private bool _isLent;

    /// <summary>Standard input, byte for byte.</summary>
    public Stream In { get; }

    /// <summary>Standard output, byte for byte; <see cref="Out"/> writes to it.</summary>
    public Stream RawOut { get; }

    /// <summary>The answer. Flushed when the command has ended.</summary>
    public TextWriter Out { get; }

    /// <summary>Everything that is not the answer. Each line leaves at once.</summary>
    public TextWriter Err { get; }

    public Terminal(Stream input, Stream output, Stream error)
    {
        (In, RawOut) = (input, new AnswerStream(output));
        Out = new StreamWriter(RawOut, _utf8, bufferSize: 4096) { NewLine = "\n" };
        Err = new StreamWriter(error, _utf8) { NewLine = "\n", AutoFlush = true };
    }

    public bool InIsTerminal { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrIsTerminal { get; init; }

    /// <summary>Columns of the screen that stdout goes to; meaningless off a terminal.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Whether a person sits there: asked on stderr, answering on stdin.</summary>
    public bool HasPerson => InIsTerminal && ErrIsTerminal;

    /// <summary>Whether another program has the terminal, so that Ctrl-C is for that one.</summary>
    public bool IsLent
    {
        get => Volatile.Read(ref _isLent);
        set => Volatile.Write(ref _isLent, value);
    }

    /// <summary>Reads one line and not a byte beyond it.</summary>
    /// <param name="cancellationToken">Ends the wait for it; what is typed later is left to others.</param>
    /// <returns>Null at the end of the input.</returns>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        List<byte> line = [];
        var next = new byte[1];
        while (await In.ReadAsync(next, cancellationToken) > 0)
        {
            if (next[0] == '\n')
            {
                return _utf8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(next[0]);
        }

        return line.Count > 0 ? _utf8.GetString([.. line]) : null;
    }

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess() => new(
        StandardInput(), Console.OpenStandardOutput(), Console.OpenStandardError())
    {
        InIsTerminal = !Console.IsInputRedirected,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrIsTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? 80 : ScreenWidth(),
    };

    // The runtime reads a terminal key by key, in a mode that it does not leave before the line has ended.
    private static Stream StandardInput() => Console.IsInputRedirected || OperatingSystem.IsWindows()
        ? Console.OpenStandardInput()
        : new KeyboardStream(new SafeFileHandle(0, ownsHandle: false));

    private static int ScreenWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
