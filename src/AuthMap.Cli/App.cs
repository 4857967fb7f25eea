using AuthMap.Cli.Commands;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Cluster;

namespace AuthMap.Cli;

/// <summary>The program as a function of its arguments, streams and environment: parse, run, report.</summary>
internal sealed class App(Terminal terminal, HostEnvironment host, TimeProvider clock, Connector? connector = null, Interruption? interruption = null)
{
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        // Until the arguments are read, the environment alone says how to talk.
        var talk = new Talk(terminal, host.Variables, new Manner());
        try
        {
            var request = ArgumentParser.Parse(args, host[ClusterSource.Variable]);
            talk = new Talk(terminal, host.Variables, request.Manner);
            foreach (var warning in request.Warnings)
            {
                talk.Warning(warning);
            }

            var session = new Session(terminal, talk, host, clock, connector ?? SourceConnector.Connect) { Interruption = interruption };
            var code = await request.RunAsync(session, cancellationToken);
            await terminal.Out.FlushAsync(CancellationToken.None);
            return (int)code;
        }
#pragma warning disable CA1031 // The outermost catch: whatever it is, people get one line and a number.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            talk.Failed(exception);
            return (int)ExitCodes.For(exception);
        }
    }
}
