using System.Diagnostics;

namespace AuthMap.EndToEnd;

/// <summary>A process whose output is collected while it runs; disposing kills it, with its children.</summary>
public sealed class RunningProcess : IAsyncDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly string commandLine;
    private readonly CollectedText output;
    private readonly CollectedText error;

    private RunningProcess(Process process, string commandLine)
    {
        this.process = process;
        this.commandLine = commandLine;
        output = new CollectedText(process.StandardOutput);
        error = new CollectedText(process.StandardError);
    }

    /// <summary>Starts a process; its input is <paramref name="input"/>, and ends there.</summary>
    public static RunningProcess Start(ProcessStartInfo start, string? input = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;

        var process = new Process { StartInfo = start };
        process.Start();
        var running = new RunningProcess(process, string.Join(' ', [start.FileName, .. start.ArgumentList]));
        _ = running.FeedAsync(input);
        return running;
    }

    /// <summary>What a person does with Ctrl+C.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>Sends a signal.</summary>
    /// <param name="name">Its name without SIG.</param>
    public async Task SignalAsync(string name)
    {
        await using var kill = Start(new ProcessStartInfo("sh", ["-c", "kill -\"$1\" \"$0\"", process.Id.ToString(), name]));
        (await kill.WaitAsync()).Succeeded();
    }

    /// <summary>Ends it without a chance to say or do anything more (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until the process has written this to standard output.</summary>
    public Task WaitForOutputAsync(string part, CancellationToken cancellation) =>
        output.WaitForAsync(part, cancellation);

    /// <summary>Waits until the process has written this to standard error.</summary>
    public Task WaitForErrorAsync(string part, CancellationToken cancellation) =>
        error.WaitForAsync(part, cancellation);

    /// <summary>
    /// Waits for the end. A process that takes longer than <paramref name="timeout"/> is killed and fails the test.
    /// </summary>
    public async Task<ProcessResult> WaitAsync(TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(timeout ?? DefaultTimeout);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"still running after {timeout ?? DefaultTimeout}: {commandLine}\n"
                + $"stdout:\n{await output.Whole}\nstderr:\n{await error.Whole}");
        }

        return new ProcessResult(process.ExitCode, await output.Whole, await error.Whole);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task FeedAsync(string? input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading what it was given: its exit code tells the story.
        }
    }
}
