using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace AuthMap.EndToEnd;

/// <summary>What came of pressing TAB.</summary>
/// <param name="Line">The command line then.</param>
/// <param name="Shown">What was written to the screen meanwhile.</param>
public sealed record Completed(string Line, string Shown);

/// <summary>A shell at a terminal of its own (util-linux's script makes it), with somebody typing.</summary>
internal sealed partial class InteractiveShell : IAsyncDisposable
{
    private const string Tab = "\t";
    private const string ShowLine = "\u0018\u0005"; // Ctrl-X Ctrl-E, which the start-up file of the shell defines
    private const string ClearLine = "\u0015"; // Ctrl-U
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly StringBuilder screen = new();

    private InteractiveShell(Process process) => this.process = process;

    /// <summary>Starts it; its start-up file has to print <c>@@READY@@</c>, and to define what prints the line between <c>@@</c>.</summary>
    public static async Task<InteractiveShell> StartAsync(CompletionHome home, string command)
    {
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", command, "/dev/null"])
        {
            WorkingDirectory = home.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment.Clear();
        foreach (var (name, value) in home.Environment)
        {
            start.Environment[name] = value;
        }

        var shell = new InteractiveShell(Process.Start(start)!);
        await shell.ReadMarkedAsync();
        return shell;
    }

    /// <summary>Types a text and presses TAB.</summary>
    public async Task<Completed> CompleteAsync(string typed)
    {
        await process.StandardInput.WriteAsync(typed + Tab + ShowLine);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var completed = await ReadMarkedAsync();
        await process.StandardInput.WriteAsync(ClearLine);
        return completed;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<Completed> ReadMarkedAsync()
    {
        var buffer = new char[4096];
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        while (true)
        {
            var text = screen.ToString();
            if (Marked().Match(text) is { Success: true } mark)
            {
                screen.Remove(0, mark.Index + mark.Length);
                return new(mark.Groups[1].Value, Control().Replace(text[..mark.Index], ""));
            }

            var count = 0;
            try
            {
                count = await process.StandardOutput.ReadAsync(buffer, deadline.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
            }

            Assert.True(count > 0, $"the shell does not answer; on its screen:\n{text}");
            screen.Append(buffer, 0, count);
        }
    }

    [GeneratedRegex(@"@@([^\r\n]*)@@\r?\n")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")]
    private static partial Regex Control();
}
