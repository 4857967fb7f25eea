using System.Diagnostics;

namespace AuthMap.EndToEnd;

/// <summary>A server in the background: it writes to a log file, and ends with the tests however they end.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // The kernel kills the server with its parent, where setpriv can ask it to.
    private const string Launch = """
        log=$1; shift
        setpriv --pdeathsig KILL true 2>/dev/null && set -- setpriv --pdeathsig KILL "$@"
        exec "$@" </dev/null >"$log" 2>&1
        """;

    private readonly Process process;
    private readonly string log;

    private ServerProcess(Process process, string log)
    {
        this.process = process;
        this.log = log;
    }

    public bool HasExited => process.HasExited;

    /// <summary>The end of what it wrote, for a failure message.</summary>
    public string LogTail =>
        File.Exists(log) ? string.Join('\n', [$"--- {Path.GetFileName(log)}", .. File.ReadLines(log).TakeLast(40)]) : "";

    public static async Task<ServerProcess> StartAsync(string program, IEnumerable<string> arguments, string log)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("sh", ["-c", Launch, "sh", log, program, .. arguments]) { UseShellExecute = false },
        };

        // The kernel's "parent" is the thread that started it, and threads of the pool come and go: this one stays.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var keeper = new Thread(() =>
        {
            try
            {
                process.Start();
            }
            catch (Exception exception)
            {
                started.SetException(exception);
                return;
            }

            started.SetResult();
            process.WaitForExit();
        })
        {
            IsBackground = true,
            Name = Path.GetFileName(program),
        };
        keeper.Start();
        await started.Task;
        return new ServerProcess(process, log);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }
}
