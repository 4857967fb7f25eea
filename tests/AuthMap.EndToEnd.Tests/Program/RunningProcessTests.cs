using System.Diagnostics;

namespace AuthMap.EndToEnd;

public sealed class RunningProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Input_output_error_and_exit_code_pass_through()
    {
        await using var process = Shell("cat; echo trouble >&2; exit 3", input: "typed");

        Assert.Equal(new ProcessResult(3, "typed", "trouble\n"), await process.WaitAsync(cancellation: Cancellation));
    }

    [Fact]
    public async Task An_interrupt_arrives()
    {
        await using var process = Shell("trap 'echo interrupted; exit 130' INT; echo waiting; while :; do sleep 0.01; done");
        await process.WaitForOutputAsync("waiting", Cancellation);

        await process.InterruptAsync();

        var result = await process.WaitAsync(cancellation: Cancellation);
        Assert.Equal(130, result.ExitCode);
        Assert.EndsWith("interrupted\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_takes_too_long_is_killed_and_named()
    {
        await using var process = Shell("echo started; sleep 600");

        var failure = await Assert.ThrowsAsync<TimeoutException>(
            () => process.WaitAsync(TimeSpan.FromMilliseconds(200), Cancellation));

        Assert.Contains("sleep 600", failure.Message, StringComparison.Ordinal);
        Assert.Contains("started", failure.Message, StringComparison.Ordinal);
    }

    private static RunningProcess Shell(string script, string? input = null) =>
        RunningProcess.Start(new ProcessStartInfo("sh", ["-c", script]), input);
}
