using System.Collections;
using System.Runtime.InteropServices;
using AuthMap.Cli;
using AuthMap.Cluster;

StandardStreams.Ensure();
var terminal = Terminal.OfProcess();
var host = new HostEnvironment(
    Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
        pair => (string)pair.Key,
        pair => (string?)pair.Value ?? "",
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal),
    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
    Environment.CurrentDirectory,
    Path.GetTempPath())
{
    MachineName = Environment.MachineName,
};

using var interrupted = new CancellationTokenSource();
using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

return await new App(terminal, host, TimeProvider.System).RunAsync(args, interrupted.Token);

// The first signal asks for an orderly end and allows a second for it, in which a write under way is settled; the
// second one does not ask.
void Interrupt(PosixSignalContext signal)
{
    if (signal.Signal == PosixSignal.SIGINT && terminal.IsLent)
    {
        signal.Cancel = true;
        return;
    }

    if (interrupted.IsCancellationRequested)
    {
        Environment.Exit((int)ExitCode.Interrupted);
    }

    signal.Cancel = true;
    interrupted.Cancel();
    _ = Task.Delay(TimeSpan.FromMilliseconds(950)).ContinueWith(
        _ => Environment.Exit((int)ExitCode.Interrupted), TaskScheduler.Default);
}
