using System.Collections;
using System.Runtime.InteropServices;
using AuthMap.Cli;

var terminal = Terminal.OfProcess();
var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);

using var interrupted = new CancellationTokenSource();
using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

return await new App(terminal, environment, TimeProvider.System).RunAsync(args, interrupted.Token);

// The first signal asks for an orderly end and allows most of a second for it; the second one does not ask.
void Interrupt(PosixSignalContext signal)
{
    if (interrupted.IsCancellationRequested)
    {
        Environment.Exit((int)ExitCode.Interrupted);
    }

    signal.Cancel = true;
    interrupted.Cancel();
    _ = Task.Delay(TimeSpan.FromMilliseconds(800)).ContinueWith(
        _ => Environment.Exit((int)ExitCode.Interrupted), TaskScheduler.Default);
}
