using System.Text;
using AuthMap.Cli.Commands;
using AuthMap.Cli.Tests.Support;

namespace AuthMap.Cli.Tests;

public sealed class AppTests
{
    [Theory]
    [InlineData((int)FailureKind.Failed, 1)]
    [InlineData((int)FailureKind.Usage, 2)]
    [InlineData((int)FailureKind.NotFound, 4)]
    [InlineData((int)FailureKind.Conflict, 5)]
    [InlineData((int)FailureKind.Refused, 6)]
    [InlineData((int)FailureKind.Unauthorized, 7)]
    [InlineData((int)FailureKind.Unreachable, 8)]
    public async Task Each_kind_of_failure_has_its_exit_code(int kind, int code)
    {
        var failure = new Failure((FailureKind)kind, "it did not work", ["first", "second"], "try again");

        var result = await FailAsync(new AuthMapException(failure));

        Assert.Equal(new(code, "", "error: it did not work\n  first\n  second\nhint: try again\n"), result);
    }

    [Fact]
    public async Task An_interruption_exits_with_130() =>
        Assert.Equal(new(130, "", "interrupted\n"), await FailAsync(new OperationCanceledException()));

    [Fact]
    public async Task An_unexpected_exception_is_one_line_and_no_stack_trace()
    {
        var result = await FailAsync(new InvalidOperationException("two\nlines"));

        Assert.Equal(
            new(1, "", "error: internal error: InvalidOperationException: two lines\n"
                + "hint: this is a fault of authmap; please report it with the command line and this message\n"),
            result);
    }

    [Fact]
    public async Task Causes_are_told_to_those_who_ask()
    {
        var failure = new AuthMapException(new Failure(FailureKind.Unreachable, "no answer"), new IOException("reset by peer"));

        Assert.Equal("error: no answer\n", (await FailAsync(failure)).Err);
        Assert.Equal("error: no answer\ncause: IOException: reset by peer\n", (await FailAsync(failure, "-v")).Err);
    }

    [Fact]
    public async Task Errors_are_told_even_to_those_who_want_to_hear_nothing() =>
        Assert.Equal("error: no\n", (await FailAsync(new AuthMapException(FailureKind.Failed, "no"), "--verbose=0")).Err);

    [Fact]
    public async Task Foreign_text_in_an_error_cannot_drive_the_terminal() =>
        Assert.Equal("error: \\u001b[2Jgone\n", (await FailAsync(new AuthMapException(FailureKind.Failed, "\u001b[2Jgone"))).Err);

    [Fact]
    public async Task An_answer_that_cannot_be_written_is_a_failure()
    {
        using var full = new FullDisk();
        using var error = new MemoryStream();
        var terminal = new Terminal(Stream.Null, full, error);

        var app = new App(terminal, TestRun.Host(new Dictionary<string, string>()), TimeProvider.System);
        var code = await app.RunAsync(["version"], CancellationToken.None);

        Assert.Equal(1, code);
        Assert.Equal(
            "error: cannot write to standard output: No space left on device\n",
            Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public async Task A_fault_of_another_file_is_not_put_down_to_the_answer()
    {
        var result = await FailAsync(new IOException("the disk is gone"));

        Assert.Equal(new(1, "", "error: the disk is gone\n"), result);
    }

    [Fact]
    public async Task When_nobody_can_hear_an_error_the_exit_code_still_tells()
    {
        using var full = new FullDisk();
        using var output = new MemoryStream();
        var app = new App(new(Stream.Null, output, full), TestRun.Host(new Dictionary<string, string>()), TimeProvider.System);

        Assert.Equal(2, await app.RunAsync(["nonsense"], CancellationToken.None));
    }

    [Fact]
    public async Task A_manifest_cut_off_by_an_interruption_is_not_used()
    {
        using var interruption = new CancellationTokenSource();
        using var input = new CutOff("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth}\ndata: {}\n", interruption);
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var app = new App(new(input, output, error), TestRun.Host(new Dictionary<string, string>()), TimeProvider.System);

        var code = await app.RunAsync(
            ["create", "mapping", "--manifest", "-", "--account", "111122223333"], interruption.Token);

        Assert.Equal((130, 0), (code, output.Length));
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var result = await new TestRun().OfAsync(["version"]);

        Assert.Equal(new(0, $"authmap {VersionRequest.Version}\n", ""), result);
        Assert.Matches(@"^\d+\.\d+\.\d+", VersionRequest.Version);
        Assert.Equal(result, await new TestRun().OfAsync(["--version"]));
    }

    private static Task<RunResult> FailAsync(Exception exception, params string[] options) =>
        new TestRun { Connector = (_, _, _) => throw exception }.OfAsync(["get", "iamidentitymapping", .. options]);

    /// <summary>Input whose end comes with Ctrl-C, as when it stops a whole pipe.</summary>
    private sealed class CutOff(string text, CancellationTokenSource interruption) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, CancellationToken.None);
            if (count == 0)
            {
                await interruption.CancelAsync();
            }

            return count;
        }
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("No space left on device");
    }
}
