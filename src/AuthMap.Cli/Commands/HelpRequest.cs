using System.CommandLine;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Commands;

/// <summary>Explains a command.</summary>
/// <param name="Command">The command; the root for the program.</param>
/// <param name="IsWelcome">Whether nothing was asked: the program shows what people do most.</param>
internal sealed record HelpRequest(Command Command, bool IsWelcome = false) : Request(new Manner())
{
    public override Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var terminal = session.Terminal;
        var width = terminal.OutIsTerminal ? terminal.Width : 80;
        if (IsWelcome)
        {
            HelpText.WriteWelcome(terminal.Out, Command, width);
        }
        else
        {
            HelpText.Write(terminal.Out, Command, width);
        }

        return Task.FromResult(ExitCode.Done);
    }
}
