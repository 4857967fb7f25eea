using AuthMap.Cli.Commands;

namespace AuthMap.Cli.Rendering;

/// <summary>What is said beside the answer: one line each, on stderr.</summary>
internal sealed class Talk(Terminal terminal, IReadOnlyDictionary<string, string> environment, Manner manner)
{
    private readonly Palette _palette = Palette.For(terminal.ErrIsTerminal, manner.Color, environment);

    /// <summary>Colours for stdout.</summary>
    public Palette OutPalette { get; } = Palette.For(terminal.OutIsTerminal, manner.Color, environment);

    /// <summary>Says what happens.</summary>
    public void Say(string line) => Write(Manner.Normal, Printable.Line(line));

    /// <summary>Says what happens in a line that starts with its sign.</summary>
    public void SaySigned(string line) => Write(Manner.Normal, _palette.Signed(line[0], Printable.Line(line)));

    public void Note(string text) => Write(Manner.Normal, $"{_palette.Cyan("note:")} {Printable.Line(text)}");

    public void Warning(string text) => Write(Manner.Quiet, $"{_palette.Yellow("warning:")} {Printable.Line(text)}");

    public void Notices(IEnumerable<Notice> notices)
    {
        foreach (var notice in notices)
        {
            if (notice.Level == NoticeLevel.Warning)
            {
                Warning(notice.Text);
            }
            else
            {
                Note(notice.Text);
            }
        }
    }

    /// <summary>A notice with the command that mends it, which names the place of the map: pasted, it must act on no other one.</summary>
    public static string Words(Notice notice, Source source) =>
        notice.Remedy is null ? notice.Text : $"{notice.Text}; remove it with: {CommandTree.Program} {notice.Remedy}{source.Options}";

    /// <summary>Says what happens underneath; null when nobody wants to hear it.</summary>
    public Action<string>? Technical =>
        manner.Verbosity >= Manner.Technical ? line => Write(Manner.Technical, Printable.Line(line)) : null;

    /// <summary>Asks, however quiet the rest is to be; the answer follows on the same line.</summary>
    /// <param name="facts">What is to be known for the answer, each line with its sign in front.</param>
    /// <param name="question">The question.</param>
    public void Ask(IEnumerable<string> facts, string question)
    {
        terminal.ForgetTyped();
        foreach (var line in facts)
        {
            Write(0, _palette.Signed(line[0] == '!' ? '-' : line[0], Printable.Line(line)));
        }

        Relay($"{_palette.Bold(Printable.Line(question))} ");
    }

    /// <summary>Shows several lines to whom a question about them follows, however quiet the rest is to be.</summary>
    public void Show(Action<TextWriter, Palette> write)
    {
        using var lines = new StringWriter { NewLine = "\n" };
        write(lines, _palette);
        Relay(lines.ToString());
    }

    /// <summary>Says several lines.</summary>
    public void Say(Action<TextWriter, Palette> write)
    {
        if (manner.Verbosity >= Manner.Normal)
        {
            Show(write);
        }
    }

    /// <summary>Passes on what another program says, as it says it.</summary>
    public void Relay(string text) => Try(() => terminal.Err.Write(text));

    /// <summary>Reports what ended the run.</summary>
    public void Failed(Exception exception)
    {
        switch (exception)
        {
            // The editor says in the message what is not known after an interrupted write.
            case OperationCanceledException { InnerException: not null } unsettled
                when unsettled.GetType() == typeof(OperationCanceledException):
                Write(0, $"interrupted: {Printable.Line(unsettled.Message)}");
                break;
            case OperationCanceledException:
                Write(0, "interrupted");
                break;
            case AuthMapException known:
                Failed(known.Failure);
                break;
            // The stores and the answer explain their own; of what is left the system knows best what it was.
            case IOException or UnauthorizedAccessException:
                Failed(new Failure(FailureKind.Failed, OneLine(exception.Message)));
                break;
            default:
                Failed(new Failure(FailureKind.Failed,
                    $"internal error: {exception.GetType().Name}: {OneLine(exception.Message)}",
                    "this is a fault of authmap; please report it with the command line and this message"));
                break;
        }

        for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            Write(Manner.Technical, Printable.Line($"cause: {cause.GetType().Name}: {OneLine(cause.Message)}"));
        }
    }

    private void Failed(Failure failure)
    {
        Write(0, $"{_palette.Red("error:")} {Printable.Line(failure.Message)}");
        foreach (var detail in failure.Details)
        {
            Write(0, $"  {Printable.Line(detail)}");
        }

        if (failure.Hint is not null)
        {
            Write(0, $"{_palette.Cyan("hint:")} {Printable.Line(failure.Hint)}");
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void Write(int level, string line)
    {
        if (manner.Verbosity >= level)
        {
            Try(() => terminal.Err.WriteLine(line));
        }
    }

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody can hear it; the exit code still tells.
        }
    }
}
