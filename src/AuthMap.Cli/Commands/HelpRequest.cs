using System.CommandLine;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Commands;

/// <summary>Explains a command.</summary>
internal sealed record HelpRequest(Command Command) : Request(new Manner())
{
    public override Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var terminal = session.Terminal;
        HelpText.Write(terminal.Out, Command, terminal.OutIsTerminal ? terminal.Width : 100);
        return Task.FromResult(ExitCode.Done);
    }
}
