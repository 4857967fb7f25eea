using System.Diagnostics;
using AuthMap.Cli.Tests.Support;
using AuthMap.Editing;

namespace AuthMap.Cli.Tests.Completion;

public sealed class ArnSuggestionTests
{
    private static readonly string[] _question = ["__complete", "zsh", "arns", "--", "delete", "mapping", "--context", "dev", "--arn", ""];

    [Fact]
    public async Task The_ARNs_of_a_cluster_are_suggested()
    {
        var cluster = new FakeCluster("- rolearn: arn:aws:iam::111122223333:role/k8sDev\n  username: dev-user\n");

        var result = await new TestRun { Connector = (_, _, _) => new(cluster, null) }.OfAsync(_question);

        Assert.Equal(new RunResult(0, "arn:aws:iam::111122223333:role/k8sDev\tdev-user\n", ""), result);
    }

    [Fact]
    public async Task The_place_is_opened_where_nobody_can_be_asked()
    {
        Session? opened = null;

        await new TestRun
        {
            IsTerminal = true,
            Connector = (_, session, _) =>
            {
                opened = session;
                return new(new FakeCluster(mapRoles: null), null);
            },
        }.OfAsync(_question);

        Assert.False(opened!.Terminal.InIsTerminal);
        Assert.Equal(-1, opened.Terminal.In.ReadByte());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cluster_that_does_not_answer_is_not_waited_for(bool heedsTheToken)
    {
        var clock = Stopwatch.StartNew();

        var result = await new TestRun { Connector = (_, _, _) => new(new SilentCluster(heedsTheToken), null) }.OfAsync(_question);

        Assert.Equal(("", ""), (result.Out, result.Err));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_failure_says_nothing()
    {
        var result = await new TestRun { Connector = (_, _, _) => throw new AuthMapException(FailureKind.Unauthorized, "no") }.OfAsync(_question);

        Assert.Equal(("", ""), (result.Out, result.Err));
    }

    private sealed class SilentCluster(bool heedsTheToken) : IAwsAuthStore
    {
        public string Target => "silent";

        public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), heedsTheToken ? cancellationToken : CancellationToken.None);
            throw new UnreachableException();
        }

        public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write) => [];

        public Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken) =>
            throw new UnreachableException();
    }
}
