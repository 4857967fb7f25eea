using System.Text;
using AuthMap.Cli.Tests.Support;

namespace AuthMap.Cli.Tests;

/// <summary>What is written when standard output and standard error go to one file, or to one person.</summary>
public sealed class StreamOrderTests
{
    private static readonly string _roles = string.Concat(Enumerable.Range(0, 60).Select(
        number => $"- rolearn: arn:aws:iam::111122223333:role/team{number}\n  username: team{number}\n  groups: [view]\n"));

    private readonly FakeCluster _cluster = new(_roles) { HasCallers = true };

    [Fact]
    public async Task A_plan_stands_there_as_a_whole_before_what_happened()
    {
        var text = await RunAsync(typed: null, "delete", "mapping", "--group", "view", "--all", "--force", "-o", "json");

        Assert.True(text.IndexOf("\n}\n", StringComparison.Ordinal) > 4096);
        Assert.Contains("    \"dryRun\": false\n}\n- role  arn:aws:iam::111122223333:role/team0 ", text);
    }

    [Fact]
    public async Task What_is_to_be_known_for_an_answer_comes_before_the_question()
    {
        const string Note = "note: who you are is not known here, so your own access is not checked\n";

        var text = await RunAsync("n\n", "delete", "mapping", "--arn", "arn:aws:iam::111122223333:role/team0");

        Assert.StartsWith(Note, text);
        Assert.Contains("write this to dev? [y/N]", text);
        Assert.Equal(text.IndexOf(Note, StringComparison.Ordinal), text.LastIndexOf(Note, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_typed_before_a_question_is_no_answer_to_it()
    {
        var text = await RunAsync("y\ny\n", "delete", "mapping", "--arn", "arn:aws:iam::111122223333:role/team0");

        Assert.EndsWith("dev: left as it was\n", text);
        Assert.Equal(0, _cluster.Writes);
    }

    // One stream for both outputs; what is typed is there from the start.
    private async Task<string> RunAsync(string? typed, params string[] args)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(typed ?? ""));
        using var both = new MemoryStream();
        var terminal = new Terminal(input, both, both)
        {
            InIsTerminal = typed is not null,
            ErrIsTerminal = typed is not null,
            ForgetTyped = () => input.Position = typed == "n\n" ? 0 : input.Length,
        };
        var host = TestRun.Host(new Dictionary<string, string> { ["NO_COLOR"] = "1" }) with { HomeDirectory = "" };
        await new App(terminal, host, TimeProvider.System, (_, _, _) => new(_cluster, null)).RunAsync(args, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(both.ToArray());
    }
}
