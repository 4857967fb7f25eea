using System.Diagnostics;

namespace AuthMap.EndToEnd;

/// <summary>
/// The program under test, with a home of its own: the one that AUTHMAP_BINARY names, else the build output beside the tests.
/// Of the developer's environment it sees only what a process needs to run at all.
/// </summary>
public sealed class AuthMapProgram : IDisposable
{
    private const string Binary = "AUTHMAP_BINARY";

    private static readonly string[] Inherited = ["PATH", "TMPDIR", "DOTNET_ROOT", "DOTNET_CLI_TELEMETRY_OPTOUT"];

    public AuthMapProgram()
    {
        Home = Directory.CreateTempSubdirectory("authmap-home-").FullName;
        WorkingDirectory = Home;
    }

    /// <summary>Whether AUTHMAP_BINARY names the program: the native one, which starts thirty times faster than the build output.</summary>
    public static bool IsGiven => System.Environment.GetEnvironmentVariable(Binary) is { Length: > 0 };

    /// <summary>The user's home: empty at first, deleted at the end.</summary>
    public string Home { get; }

    /// <summary>Where the program starts; its home unless set.</summary>
    public string WorkingDirectory { get; set; }

    /// <summary>Variables of every run that follows, over the few inherited ones.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Runs the program to its end.</summary>
    public Task<ProcessResult> RunAsync(params string[] arguments) => RunAsync(arguments, input: null);

    /// <summary>Runs the program to its end, with standard input and a time limit of the caller's.</summary>
    public async Task<ProcessResult> RunAsync(IEnumerable<string> arguments, string? input, TimeSpan? timeout = null)
    {
        await using var running = Start(arguments, input);
        return await running.WaitAsync(timeout, TestContext.Current.CancellationToken);
    }

    /// <summary>Starts the program and returns at once, for a test that does something meanwhile.</summary>
    public RunningProcess Start(IEnumerable<string> arguments, string? input = null)
    {
        var start = CommandLine(arguments);
        start.WorkingDirectory = WorkingDirectory;
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (System.Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["HOME"] = Home;
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return RunningProcess.Start(start, input);
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);

    /// <summary>The program's file and first arguments.</summary>
    public static IReadOnlyList<string> Command => System.Environment.GetEnvironmentVariable(Binary) is { Length: > 0 } binary
        ? [Path.GetFullPath(binary)]
        : [System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "authmap.dll")];

    private static ProcessStartInfo CommandLine(IEnumerable<string> arguments)
    {
        // A shell lets what it starts in the background ignore interrupts, nohup lets it ignore hangups, and so does everything below that.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,HUP", .. Command] : [.. Command];
        return new ProcessStartInfo(command[0], [.. command[1..], .. arguments]);
    }
}
