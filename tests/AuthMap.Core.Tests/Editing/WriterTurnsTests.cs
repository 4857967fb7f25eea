using AuthMap.Core.Tests.Planning;
using AuthMap.Editing;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Editing;

public sealed class WriterTurnsTests
{
    private readonly ManualClock _clock = new();
    private readonly MemoryStore _store = new MemoryStore().With(Maps.NodeRow);
    private readonly Line _line = new();

    [Fact]
    public async Task Who_was_overtaken_takes_turns_until_it_is_done()
    {
        _store.OnWrite(new Fault.Conflict()).OnWrite(new Fault.Conflict());
        _line.Turns = 1;

        Assert.Equal(OutcomeKind.Written, await CreateAsync());
        Assert.Equal((1, 1, 1), (_line.Joined, _line.Waited, _line.Ended));
    }

    [Fact]
    public async Task Who_finds_others_queuing_queues_before_it_reads()
    {
        _line.HasOthers = true;
        _line.Turns = 1;

        Assert.Equal(OutcomeKind.Written, await CreateAsync());
        Assert.Equal((1, 0, 1), (_line.Joined, _line.Waited, _line.Ended));
    }

    [Fact]
    public async Task A_turn_that_does_not_come_is_done_without()
    {
        _store.OnWrite(new Fault.Conflict());

        Assert.Equal(OutcomeKind.Written, await CreateAsync());
        Assert.Equal((1, 0), (_line.Waited, _line.Ended));
    }

    [Fact]
    public async Task Whoever_has_little_time_waits_for_a_part_of_it_only()
    {
        await CreateAsync();
        Assert.Equal(TimeSpan.FromSeconds(3), _line.Patience);
        _store.OnWrite(new Fault.Conflict());
        await CreateAsync(timeout: TimeSpan.FromSeconds(8), name: "second");
        Assert.Equal(TimeSpan.FromSeconds(2), _line.Patience);
    }

    [Fact]
    public async Task A_dry_run_does_not_queue()
    {
        Assert.Equal(OutcomeKind.Planned, await CreateAsync(dryRun: true));
        Assert.Equal((0, 0), (_line.Joined, _line.Waited));
    }

    [Fact]
    public async Task Nobody_waits_for_a_person_who_thinks()
    {
        _line.HasOthers = true;
        _line.Turns = 1;
        var endedBefore = -1;

        await CreateAsync(approve: () => endedBefore = _line.Ended);

        Assert.Equal(1, endedBefore);
    }

    private async Task<OutcomeKind> CreateAsync(
        bool dryRun = false, Action? approve = null, TimeSpan? timeout = null, string name = "dev")
    {
        var options = new EditorOptions(timeout ?? TimeSpan.FromMinutes(1), dryRun)
        {
            Turns = _line,
            Approve = approve is null ? null : (_, _) =>
            {
                approve();
                return new(true);
            },
        };
        var editor = new AwsAuthEditor(_store, _clock);
        return (await _clock.RunAsync(editor.ApplyAsync([Maps.Create(Maps.Dev, name)], options, TestContext.Current.CancellationToken))).Kind;
    }

    /// <summary>A queue with so many turns to give.</summary>
    private sealed class Line : IWriterTurns
    {
        public bool HasOthers { get; set; }

        public int Turns { get; set; }

        public TimeSpan Patience { get; private set; }

        public int Joined { get; private set; }

        public int Waited { get; private set; }

        public int Ended { get; private set; }

        public Task<IDisposable?> JoinAsync(TimeSpan patience, CancellationToken cancellationToken)
        {
            Patience = patience;
            Joined++;
            return Task.FromResult<IDisposable?>(HasOthers ? Take() : null);
        }

        public Task<IDisposable?> WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
        {
            Patience = patience;
            Waited++;
            return Task.FromResult<IDisposable?>(Take());
        }

        private Turn? Take() => Turns-- > 0 ? new(() => Ended++) : null;
    }

    private sealed record Turn(Action End) : IDisposable
    {
        public void Dispose() => End();
    }
}
