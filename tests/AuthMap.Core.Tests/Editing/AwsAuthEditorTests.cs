using AuthMap.Core.Tests.Planning;
using AuthMap.Editing;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Editing;

public sealed class AwsAuthEditorTests
{
    private static readonly EditorOptions _minute = new(TimeSpan.FromMinutes(1));

    private readonly ManualClock _clock = new();
    private readonly MemoryStore _store = new MemoryStore().With(Maps.NodeRow);

    [Fact]
    public async Task A_change_is_one_read_and_one_write()
    {
        var outcome = await ApplyAsync(Maps.Create(Maps.Dev, "dev"));
        Assert.Equal((OutcomeKind.Written, "2", 1, 1), (outcome.Kind, outcome.Version, _store.Reads, _store.Writes));
        Assert.Equal(Maps.NodeRow + Maps.Role(Maps.Dev, "dev"), _store.Roles);
        Assert.Equal(TimeSpan.Zero, _clock.Now);
    }

    [Fact]
    public async Task Nothing_to_do_is_one_read()
    {
        await ApplyAsync(Maps.Create(Maps.Dev, "dev"));
        var outcome = await ApplyAsync(Maps.Create(Maps.Dev, "dev"));
        Assert.Equal((OutcomeKind.NothingToDo, "2", 1), (outcome.Kind, outcome.Version, _store.Writes));
    }

    [Fact]
    public async Task An_absent_object_is_created()
    {
        var store = new MemoryStore();
        var outcome = await ApplyAsync(store, _minute, Maps.Create(Maps.Dev, "dev"));
        Assert.Equal((OutcomeKind.Written, Maps.Role(Maps.Dev, "dev")), (outcome.Kind, store.Roles));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_asks_nobody()
    {
        var outcome = await ApplyAsync(
            _store, _minute with { DryRun = true, Approve = (_, _) => throw new InvalidOperationException() }, Maps.Create(Maps.Dev, "dev"));
        Assert.Equal((OutcomeKind.Planned, 0), (outcome.Kind, _store.Writes));
        Assert.Single(outcome.Plan.Steps);
    }

    [Fact]
    public async Task What_is_declined_is_not_written()
    {
        var outcome = await ApplyAsync(_store, _minute with { Approve = (_, _) => new(false) }, Maps.Create(Maps.Dev, "dev"));
        Assert.Equal((OutcomeKind.Declined, 0), (outcome.Kind, _store.Writes));
    }

    [Fact]
    public async Task After_a_conflict_it_plans_again_on_what_is_there_now()
    {
        _store.BeforeWrite = number =>
        {
            if (number == 1)
            {
                _store.Replace(Maps.NodeRow + Maps.Role(Maps.Alice, "alice"));
            }
        };
        var outcome = await ApplyAsync(Maps.Create(Maps.Dev, "dev"));
        Assert.Equal((OutcomeKind.Written, 2), (outcome.Kind, _store.Writes));
        Assert.Equal(Maps.NodeRow + Maps.Role(Maps.Alice, "alice") + Maps.Role(Maps.Dev, "dev"), _store.Roles);
    }

    [Fact]
    public async Task A_person_is_asked_again_only_when_the_access_diff_changed()
    {
        var questions = 0;
        var options = _minute with { Approve = (_, _) => new(++questions > 0) };
        _store.BeforeWrite = number =>
        {
            if (number == 1)
            {
                _store.Replace(Maps.NodeRow + Maps.Role(Maps.Dev, "dev"));
            }
            else if (number == 2)
            {
                _store.Replace("# a comment\n" + Maps.NodeRow + Maps.Role(Maps.Dev, "dev"));
            }
        };
        var outcome = await ApplyAsync(_store, options, Maps.Create(Maps.Dev, "dev", ["view"]));
        Assert.Equal((OutcomeKind.Written, 3, 2), (outcome.Kind, _store.Writes, questions));
        Assert.Equal(ChangeAction.Updated, Assert.Single(outcome.Plan.Changes).Action);
    }

    [Fact]
    public async Task Conflicts_without_end_are_given_up_when_the_time_is_over()
    {
        _store.BeforeWrite = number => _store.Replace($"# {number}\n" + Maps.NodeRow);
        var failure = await FailAsync(_store, new(TimeSpan.FromSeconds(10)), Maps.Create(Maps.Dev, "dev"));
        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.Equal($"memory kept changing: gave up after {_store.Writes} tries in 10 s", failure.Message);
        Assert.InRange(_store.Writes, 6, 30);
        Assert.True(_clock.Now <= TimeSpan.FromSeconds(10), $"{_clock.Now}");
    }

    [Fact]
    public async Task A_read_that_hangs_after_a_conflict_is_still_a_conflict()
    {
        _store.OnWrite(new Fault.Conflict()).OnRead(null, new Fault.Hangs(false));
        Assert.Equal(FailureKind.Conflict, (await FailAsync(_store, _minute, Maps.Create(Maps.Dev, "dev"))).Kind);
    }

    [Fact]
    public async Task A_throttled_write_is_repeated_after_the_time_that_the_store_asks_for()
    {
        _store.OnWrite(new Fault.Throttled(TimeSpan.FromSeconds(7)), new Fault.Throttled(null));
        var outcome = await ApplyAsync(Maps.Create(Maps.Dev, "dev"));
        Assert.Equal((OutcomeKind.Written, 1, 3), (outcome.Kind, _store.Reads, _store.Writes));
        Assert.InRange(_clock.Now, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7.1));
    }

    [Fact]
    public async Task A_store_that_asks_for_more_time_than_there_is_is_unreachable_at_once()
    {
        _store.OnWrite(new Fault.Throttled(TimeSpan.FromMinutes(2)));
        var failure = await FailAsync(_store, _minute, Maps.Create(Maps.Dev, "dev"));
        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Equal("memory put the write off until the time was up (60 s)", failure.Message);
        Assert.Equal(["too many requests"], failure.Details);
        Assert.Equal(TimeSpan.Zero, _clock.Now);
    }

    [Fact]
    public async Task A_read_that_hangs_is_unreachable_when_the_time_is_over()
    {
        _store.OnRead(new Fault.Hangs(false));
        var failure = await FailAsync(_store, _minute, Maps.Create(Maps.Dev, "dev"));
        Assert.Equal((FailureKind.Unreachable, "no answer from memory within 60 s"), (failure.Kind, failure.Message));
        Assert.Equal(TimeSpan.FromMinutes(1), _clock.Now);
    }

    [Fact]
    public async Task A_read_that_was_refused_until_the_time_was_over_tells_the_last_refusal()
    {
        var refusal = new AuthMapException(new Failure(FailureKind.Unreachable, "memory cannot answer: 500", ["etcd is down"], null));
        _store.BeforeRead = _ => throw new OperationCanceledException("", refusal);
        var failure = await FailAsync(_store, _minute, Maps.Create(Maps.Dev, "dev"));
        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Equal("gave up after 60 s; the last answer: memory cannot answer: 500", failure.Message);
        Assert.Equal(["etcd is down"], failure.Details);
    }

    [Fact]
    public async Task A_store_that_knows_why_there_is_no_answer_says_what_to_do_about_it()
    {
        var reason = new AuthMapException(new Failure(FailureKind.Failed, "cannot reach memory", ["it is private"], "call it from inside"));
        _store.BeforeRead = _ => throw new OperationCanceledException("", reason);
        var failure = await FailAsync(_store, _minute, Maps.Create(Maps.Dev, "dev"));
        Assert.Equal(
            (FailureKind.Unreachable, "gave up after 60 s: cannot reach memory", "it is private", "call it from inside"),
            (failure.Kind, failure.Message, Assert.Single(failure.Details), failure.Hint));
    }

    [Fact]
    public async Task Reading_alone_has_the_same_limit()
    {
        _store.OnRead(null, new Fault.Hangs(false));
        var editor = new AwsAuthEditor(_store, _clock);
        Assert.Equal("1", (await editor.ReadAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)).Version);
        var exception = await Assert.ThrowsAsync<AuthMapException>(
            () => _clock.RunAsync(editor.ReadAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)));
        Assert.Equal(FailureKind.Unreachable, exception.Failure.Kind);
    }

    [Fact]
    public async Task A_persons_time_does_not_count()
    {
        var options = _minute with
        {
            Approve = (_, _) =>
            {
                _clock.Advance(TimeSpan.FromHours(1));
                return new(true);
            },
        };
        Assert.Equal(OutcomeKind.Written, (await ApplyAsync(_store, options, Maps.Create(Maps.Dev, "dev"))).Kind);
    }

    [Fact]
    public async Task Failures_of_the_store_come_through()
    {
        _store.OnWrite(new Fault.Throws(new(FailureKind.Unauthorized, "no")));
        Assert.Equal(FailureKind.Unauthorized, (await FailAsync(_store, _minute, Maps.Create(Maps.Dev, "dev"))).Kind);
    }

    [Fact]
    public async Task Cancelling_before_a_write_writes_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var options = _minute with
        {
            Approve = (_, _) =>
            {
                cancel.Cancel();
                return new(true);
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new AwsAuthEditor(_store, _clock).ApplyAsync([Maps.Create(Maps.Dev, "dev")], options, cancel.Token));
        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public async Task Cancelling_during_a_write_gives_it_a_moment_to_be_settled()
    {
        using var cancel = new CancellationTokenSource();
        _store.OnWrite(new Fault.Hangs(DoesItsWork: true)).BeforeWrite = _ => cancel.Cancel();
        var outcome = await _clock.RunAsync(new AwsAuthEditor(_store, _clock).ApplyAsync([Maps.Create(Maps.Dev, "dev")], _minute, cancel.Token));
        Assert.Equal(OutcomeKind.Written, outcome.Kind);
        Assert.InRange(_clock.Now, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Cancelling_during_a_write_that_cannot_be_settled_says_so()
    {
        using var cancel = new CancellationTokenSource();
        _store.OnWrite(new Fault.Hangs(DoesItsWork: false)).BeforeWrite = _ => cancel.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _clock.RunAsync(
            new AwsAuthEditor(_store, _clock).ApplyAsync([Maps.Create(Maps.Dev, "dev")], _minute, cancel.Token)));
        Assert.Contains("whether the change was written is not known", exception.Message, StringComparison.Ordinal);
        Assert.InRange(_clock.Now, TimeSpan.Zero, TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Sixteen_editors_with_ten_creates_each_lose_nothing()
    {
        var store = new MemoryStore().With(Maps.NodeRow);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            var editor = new AwsAuthEditor(store, TimeProvider.System);
            for (var i = 0; i < 10; i++)
            {
                var outcome = await editor.ApplyAsync(
                    [Maps.Create($"{Maps.Dev}-{writer}-{i}", "dev")], new(TimeSpan.FromMinutes(5)), TestContext.Current.CancellationToken);
                Assert.Equal(OutcomeKind.Written, outcome.Kind);
            }
        })));
        Assert.Equal(161, AccessView.Of(Maps.Of(store.Roles)).Rows.Select(row => row.Principal).Distinct().Count());
        Assert.Equal(161, store.Roles.Split("rolearn: ").Length - 1);
    }

    private Task<Outcome> ApplyAsync(Edit edit) => ApplyAsync(_store, _minute, edit);

    private Task<Outcome> ApplyAsync(MemoryStore store, EditorOptions options, Edit edit) =>
        _clock.RunAsync(new AwsAuthEditor(store, _clock).ApplyAsync([edit], options, TestContext.Current.CancellationToken));

    private async Task<Failure> FailAsync(MemoryStore store, EditorOptions options, Edit edit) =>
        (await Assert.ThrowsAsync<AuthMapException>(() => ApplyAsync(store, options, edit))).Failure;
}
