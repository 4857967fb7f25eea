using System.Diagnostics;
using System.Globalization;
using AuthMap.EndToEnd;

namespace AuthMap.Benchmarks.Processes;

/// <summary>Runs programs through <c>measure.c</c>, which is compiled first; it says why it is not done from here.</summary>
internal sealed class Launcher
{
    // More than a program needs that does nothing, less than a child of .NET is charged with.
    private const long HonestPeak = 8 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string program;

    private Launcher(string program) => this.program = program;

    /// <summary>Compiles it into a folder, and makes sure that it tells a program's own memory.</summary>
    public static async Task<Launcher> BuildAsync(string folder)
    {
        var source = Path.Combine(folder, "measure.c");
        await using (var text = typeof(Launcher).Assembly.GetManifestResourceStream("measure.c")!)
        await using (var file = File.Create(source))
        {
            await text.CopyToAsync(file);
        }

        var launcher = new Launcher(Path.Combine(folder, "measure"));
        await RunToolAsync("cc", ["-O2", "-o", launcher.program, source]);
        var nothing = await launcher.RunAsync(new Command("/bin/true", [], new Dictionary<string, string>()));
        return nothing.PeakBytes < HonestPeak
            ? launcher
            : throw new BenchmarkException($"a program that does nothing is said to take {nothing.PeakBytes >> 20} MiB");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="BenchmarkException">It failed: what was measured would not be the work.</exception>
    public async Task<Usage> RunAsync(Command command)
    {
        var start = new ProcessStartInfo(program, [command.Program, .. command.Arguments]);
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        await using var running = RunningProcess.Start(start);
        var result = await running.WaitAsync(Limit);
        var numbers = result.Output.Split(' ', StringSplitOptions.TrimEntries);
        return numbers is [var wall, var cpu, var peak, "0"]
            ? new Usage(
                TimeSpan.FromMicroseconds(Number(wall) / 1000.0), TimeSpan.FromMicroseconds(Number(cpu)), Number(peak) * 1024)
            : throw new BenchmarkException($"{command} failed ({numbers[^1]}): {result.Error.Trim().ReplaceLineEndings("; ")}");
    }

    /// <summary>Runs a program whose cost does not matter, and gives its standard output.</summary>
    /// <exception cref="BenchmarkException">It failed.</exception>
    public static async Task<string> RunToolAsync(string program, IReadOnlyList<string> arguments)
    {
        try
        {
            await using var running = RunningProcess.Start(new ProcessStartInfo(program, arguments));
            var result = await running.WaitAsync(TimeSpan.FromMinutes(30));
            return result.ExitCode == 0
                ? result.Output
                : throw new BenchmarkException($"{program} {string.Join(' ', arguments)} failed:\n{result.Output}{result.Error}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new BenchmarkException($"{program} cannot be run: {exception.Message}");
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
