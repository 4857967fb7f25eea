using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class WriterTurnsTests : IDisposable
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly Workspace _work = new();

    public WriterTurnsTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no turns");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task The_next_one_has_the_turn_when_the_first_ends_it()
    {
        var first = await Turns().WaitAsync(_minute, Cancelled);
        var second = Turns().WaitAsync(_minute, Cancelled);
        Assert.NotNull(first);
        Assert.False(second.IsCompleted);

        first.Dispose();

        using var turn = await second;
        Assert.NotNull(turn);
    }

    [Fact]
    public async Task Who_finds_nobody_queuing_does_not_queue()
    {
        Assert.Null(await Turns().JoinAsync(_minute, Cancelled));
        using var turn = await Turns().WaitAsync(_minute, Cancelled);
        Assert.NotNull(turn);
    }

    [Fact]
    public async Task Who_finds_others_queuing_waits_for_them()
    {
        var first = await Turns().WaitAsync(_minute, Cancelled);
        var joined = Turns().JoinAsync(_minute, Cancelled);
        Assert.False(joined.IsCompleted);

        first!.Dispose();

        using var turn = await joined;
        Assert.NotNull(turn);
    }

    [Fact]
    public async Task Each_cluster_has_a_queue_of_its_own()
    {
        using var first = await Turns().WaitAsync(_minute, Cancelled);
        using var other = await Turns("other").WaitAsync(_minute, Cancelled);
        Assert.NotNull(other);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_leaves_the_turn_to_the_next_one()
    {
        var first = await Turns().WaitAsync(_minute, Cancelled);
        using var source = new CancellationTokenSource();
        var second = Turns().WaitAsync(_minute, source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first!.Dispose();

        using var third = await Turns().WaitAsync(_minute, Cancelled);
        Assert.NotNull(third);
    }

    [Fact]
    public async Task Who_runs_out_of_patience_goes_on_without()
    {
        using var first = await Turns().WaitAsync(_minute, Cancelled);
        Assert.Null(await Turns().WaitAsync(TimeSpan.FromMilliseconds(20), Cancelled));
    }

    [Fact]
    public async Task Without_a_folder_of_ones_own_there_are_no_turns()
    {
        File.WriteAllText(_work.Path("temp"), "");
        Assert.Null(await new WriterTurns(_work.Host with { TempDirectory = _work.Path("temp") }, TimeProvider.System, "here").WaitAsync(_minute, Cancelled));
    }

    private WriterTurns Turns(string cluster = "here") => new(_work.Host, TimeProvider.System, cluster);
}
