using System.Text;
using AuthMap.Cluster;

namespace AuthMap.Cli.Tests.Support;

/// <summary>What a run of the program leaves.</summary>
internal sealed record RunResult(int ExitCode, string Out, string Err);

/// <summary>Runs the program in this process, with streams of its own.</summary>
internal sealed record TestRun
{
    public byte[] In { get; init; } = [];

    public bool IsTerminal { get; init; }

    public int Width { get; init; } = 80;

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What stands for the stores; null takes the real ones.</summary>
    public Connector? Connector { get; init; }

    public CancellationToken CancellationToken { get; init; } = TestContext.Current.CancellationToken;

    public async Task<RunResult> OfAsync(IReadOnlyList<string> args)
    {
        using var input = new MemoryStream(In);
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var terminal = new Terminal(input, output, error) { OutIsTerminal = IsTerminal, ErrIsTerminal = IsTerminal, Width = Width };
        var code = await new App(terminal, Host(Environment), TimeProvider.System, Connector).RunAsync(args, CancellationToken);
        return new(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>A machine with these variables.</summary>
    public static HostEnvironment Host(IReadOnlyDictionary<string, string> variables) =>
        new(variables, Directory.GetCurrentDirectory(), Directory.GetCurrentDirectory(), Path.GetTempPath());
}
