using System.Diagnostics;

namespace AuthMap.EndToEnd;

public sealed class AuthMapProgramTests : IDisposable
{
    private const string Manifest = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::111122223333:role/k8sDev
              username: dev-user

        """;

    private readonly AuthMapProgram program = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task The_program_starts_and_ends()
    {
        var result = await program.RunAsync("--version");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Where_the_current_directory_is_gone_paths_lead_nowhere_and_the_rest_works()
    {
        await using var running = Shell("mkdir gone && cd gone && rmdir ../gone && \"$@\" version && exec \"$@\" get mapping --manifest aws-auth.yaml", "sh");

        var result = await running.WaitAsync(cancellation: Cancellation);

        Assert.StartsWith("authmap ", result.Output, StringComparison.Ordinal);
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("aws-auth.yaml", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 130)]
    [InlineData("trap '' HUP; ", 0)]
    public async Task A_hangup_ends_the_program_unless_it_was_told_to_ignore_it(string before, int exitCode)
    {
        await File.WriteAllTextAsync(Path.Combine(program.Home, "aws-auth.yaml"), Manifest, Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(program.Home, "editor"),
            """echo open >&2; while [ -d "$HOME" ] && [ ! -e "$HOME/done" ]; do sleep 0.05; done""",
            Cancellation);
        await using var running = Shell($"{before}exec \"$@\" edit --manifest aws-auth.yaml", "sh");
        await running.WaitForErrorAsync("open\n", Cancellation);

        await running.SignalAsync("HUP");
        if (exitCode == 130)
        {
            await running.WaitForErrorAsync("what you typed is in ", Cancellation);
        }

        await File.WriteAllTextAsync(Path.Combine(program.Home, "done"), "", Cancellation);
        Assert.Equal(exitCode, (await running.WaitAsync(cancellation: Cancellation)).ExitCode);
    }

    [Fact]
    public async Task A_terminal_gets_what_is_said_and_nothing_else()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "util-linux's script makes the terminal");
        await File.WriteAllTextAsync(Path.Combine(program.Home, "aws-auth.yaml"), Manifest, Cancellation);
        var command = string.Join(' ', AuthMapProgram.Command.Select(word => $"'{word}'"));
        await using var running = Shell(
            $"exec script --quiet --return --command \"stty cols 100; {command} get mapping --manifest aws-auth.yaml\" /dev/null", "sh");

        var result = await running.WaitAsync(cancellation: Cancellation);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("ARN ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Output, StringComparison.Ordinal);
    }

    // With the program as the script's arguments.
    private RunningProcess Shell(string script, string name)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, name, .. AuthMapProgram.Command]) { WorkingDirectory = program.Home };
        start.Environment["HOME"] = program.Home;
        start.Environment["TERM"] = "xterm";
        start.Environment["EDITOR"] = "sh \"$HOME/editor\"";
        start.Environment.Remove("KUBE_EDITOR");
        start.Environment.Remove("VISUAL");
        return RunningProcess.Start(start);
    }
}
