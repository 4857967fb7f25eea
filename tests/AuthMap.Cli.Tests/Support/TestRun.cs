using System.Diagnostics;
using System.Text;
using AuthMap.Cluster;

namespace AuthMap.Cli.Tests.Support;

/// <summary>What a run of the program leaves.</summary>
internal sealed record RunResult(int ExitCode, string Out, string Err);

/// <summary>
/// Runs the program: in this process, with streams of its own; or, where that shows the same, the native one that the variable
/// AUTHMAP_BINARY names.
/// </summary>
internal sealed record TestRun
{
    public byte[] In { get; init; } = [];

    public bool IsTerminal { get; init; }

    /// <summary>What a person at the terminal types; null when nobody sits there.</summary>
    public string? Typed { get; init; }

    public int Width { get; init; } = 80;

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The user's home; null: the working directory, and none at all where a fake stands for the stores.</summary>
    public string? Home { get; init; }

    /// <summary>What stands for the stores; null takes the real ones.</summary>
    public Connector? Connector { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public CancellationToken CancellationToken { get; init; } = TestContext.Current.CancellationToken;

    public async Task<RunResult> OfAsync(IReadOnlyList<string> args)
    {
        if (System.Environment.GetEnvironmentVariable("AUTHMAP_BINARY") is { Length: > 0 } binary && Connector is null && !IsTerminal)
        {
            return await OfBinaryAsync(binary, args);
        }

        using var input = new MemoryStream(Typed is null ? In : Encoding.UTF8.GetBytes(Typed));
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var terminal = new Terminal(input, output, error)
        {
            InIsTerminal = Typed is not null,
            OutIsTerminal = IsTerminal,
            ErrIsTerminal = IsTerminal,
            Width = Width,
        };
        var host = Host(Environment) with { HomeDirectory = Home ?? (Connector is null ? Directory.GetCurrentDirectory() : "") };
        var code = await new App(terminal, host, Clock, Connector).RunAsync(args, CancellationToken);
        return new(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    // The native program differs from this build in what the trimmer took away.
    private async Task<RunResult> OfBinaryAsync(string binary, IReadOnlyList<string> args)
    {
        var start = new ProcessStartInfo(binary, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["HOME"] = Directory.GetCurrentDirectory();
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken);
        var error = process.StandardError.ReadToEndAsync(CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(In, CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>A machine with these variables.</summary>
    public static HostEnvironment Host(IReadOnlyDictionary<string, string> variables) =>
        new(variables, Directory.GetCurrentDirectory(), Directory.GetCurrentDirectory(), Path.GetTempPath());
}
