using System.Collections;
using System.Runtime.InteropServices;
using AuthMap.Cli;
using AuthMap.Cluster;

// A change to the largest map makes 30 MB of objects, and to collect them halfway takes a tenth of the time. Where memory is scarce, or
// when they become more, they are collected as ever.
if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= 1L << 30)
{
    GC.TryStartNoGCRegion(40 << 20);
}

StandardStreams.Ensure();
var terminal = Terminal.OfProcess();
var host = new HostEnvironment(
    Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
        pair => (string)pair.Key,
        pair => (string?)pair.Value ?? "",
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal),
    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
    CurrentDirectory(),
    Path.GetTempPath())
{
    MachineName = Environment.MachineName,
    OwnsProcess = true,
};

using var interruption = new Interruption(() => Environment.Exit((int)ExitCode.Interrupted));
using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

// Whoever loses a terminal is told by a hangup. On Windows the name stands for a window that is closed, which cannot be put off.
using var sighup = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);

return await new App(terminal, host, TimeProvider.System, interruption: interruption).RunAsync(args, interruption.Token);

// It may have been removed. Then relative paths lead nowhere, and what needs none goes on.
static string CurrentDirectory()
{
    try
    {
        return Environment.CurrentDirectory;
    }
    catch (IOException)
    {
        return Environment.GetEnvironmentVariable("PWD") ?? Path.GetTempPath();
    }
}

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    if (signal.Signal != PosixSignal.SIGINT || !terminal.IsLent)
    {
        interruption.Signal();
    }
}
