using AuthMap.Cli.Commands;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Completion;

/// <summary>
/// What the completion scripts ask for: <c>__complete SHELL KIND -- WORD... VALUE</c>, with the words up to the option whose value is
/// being typed, and what of it is there. Answers one value a line, behind a tab what to know about it; bash gets the word as it is to
/// be typed. Whatever goes wrong, it is silent: a person pressing TAB has asked for nothing else.
/// </summary>
internal sealed record CompleteRequest(Shell Shell, ValueKind Kind, IReadOnlyList<string> Words) : Request(new Manner(Verbosity: -1))
{
    public const string Name = "__complete";

    /// <summary>The request; null when the arguments are none.</summary>
    public static CompleteRequest? Read(IReadOnlyList<string> args) =>
        args is [Name, var shell, var kind, "--", _, _, ..]
        && Shells.All.Find(shell) is { } known && ValueKinds.OfName(kind) is { } wanted
            ? new(known, wanted, [.. args.Skip(4)])
            : null;

    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        try
        {
            await SuggestAsync(session, cancellationToken);
        }
#pragma warning disable CA1031 // Silent on every failure, as promised.
        catch (Exception)
#pragma warning restore CA1031
        {
            return ExitCode.Failed;
        }

        return ExitCode.Done;
    }

    private async Task SuggestAsync(Session session, CancellationToken cancellationToken)
    {
        var isRaw = Shell is Shell.Bash or Shell.Zsh;
        List<TypedWord> typed = [.. Words.Select(word => isRaw ? TypedWord.Read(word, session.Host) : TypedWord.Unquoted(word, session.Host))];
        if (typed.Any(word => word.Text is null))
        {
            return;
        }

        // Any value makes it a whole command line.
        var line = typed.SkipLast(1).Select(word => word.Text!).Append("x").ToList();
        var search = new Suggestions(Mute(session), () => ArgumentParser.ParseSource(line, session.Host[ClusterSource.Variable]));
        var found = await search.FindAsync(Kind, cancellationToken);
        var output = session.Terminal.Out;
        foreach (var suggestion in found.Where(suggestion => suggestion.IsSafe).DistinctBy(suggestion => suggestion.Value))
        {
            if (Shell != Shell.Bash)
            {
                output.WriteLine($"{suggestion.Value}\t{Printable.Line(suggestion.Note)}");
            }
            else if (typed[^1].Complete(suggestion.Value) is { } completed)
            {
                output.WriteLine(completed);
            }
        }
    }

    // Nobody is asked anything, and nothing is said.
    private static Session Mute(Session session)
    {
        var nobody = new Terminal(Stream.Null, Stream.Null, Stream.Null);
        return session with { Terminal = nobody, Talk = new Talk(nobody, session.Host.Variables, new Manner(Verbosity: -1)) };
    }
}
