using System.Text;

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

    /// <summary>Drops what was typed and not read yet: it was no answer to a question that was not there.</summary>
    public Action ForgetTyped { get; init; } = () => { };

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
        Console.IsInputRedirected ? Console.OpenStandardInput() : Screen.OpenInput(),
        Console.IsOutputRedirected ? Console.OpenStandardOutput() : Screen.OpenOutput(),
        Console.IsErrorRedirected ? Console.OpenStandardError() : Screen.OpenError())
    {
        InIsTerminal = !Console.IsInputRedirected,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrIsTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? 80 : Screen.Width,
        ForgetTyped = Screen.ForgetTyped,
    };
}
