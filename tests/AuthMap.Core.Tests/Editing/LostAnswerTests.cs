using AuthMap.Core.Tests.Planning;
using AuthMap.Editing;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Editing;

/// <summary>Writes whose answer does not come: never repeated blindly, never reported wrongly.</summary>
public sealed class LostAnswerTests
{
    private static readonly string _dev = Maps.Role(Maps.Dev, "dev");
    private static readonly UpsertPrincipal _append = Maps.Create(Maps.Dev, "dev") with { OnDuplicate = DuplicatePolicy.Append };

    private readonly ManualClock _clock = new();
    private readonly MemoryStore _store = new MemoryStore().With(Maps.NodeRow + _dev);

    [Fact]
    public async Task A_write_that_happened_is_found_by_reading_back_and_not_repeated()
    {
        _store.OnWrite(new Fault.LostAnswer());
        await AssertAppendedOnceAsync(writes: 1);
    }

    [Fact]
    public async Task A_write_that_did_not_happen_is_repeated()
    {
        _store.OnWrite(new Fault.LostRequest());
        await AssertAppendedOnceAsync(writes: 2);
    }

    [Fact]
    public async Task A_request_that_arrives_late_is_recognised_by_the_conflict_that_it_causes()
    {
        _store.OnWrite(new Fault.Delayed());
        await AssertAppendedOnceAsync(writes: 2);
    }

    [Fact]
    public async Task Several_lost_answers_in_a_row_end_in_one_write()
    {
        _store.OnWrite(new Fault.LostRequest(), new Fault.Delayed(), new Fault.LostAnswer());
        await AssertAppendedOnceAsync(writes: 3);
    }

    [Fact]
    public async Task A_write_is_found_even_when_other_authmaps_have_written_since()
    {
        _store.OnWrite(new Fault.LostAnswer());
        BeforeReadingBack(async () =>
        {
            for (var i = 0; i < WriteIds.Kept - 1; i++)
            {
                await StartAsync(Maps.Create($"{Maps.Dev}{i}", "x"));
            }
        });
        await AssertAppendedOnceAsync(writes: WriteIds.Kept);
    }

    [Fact]
    public async Task A_write_that_is_overtaken_did_not_happen_and_is_planned_again()
    {
        _store.OnWrite(new Fault.LostRequest());
        BeforeReadingBack(() => StartAsync(Maps.Create(Maps.Alice, "alice")));
        await AssertAppendedOnceAsync(writes: 3);
    }

    [Fact]
    public async Task The_same_append_by_another_authmap_is_not_taken_for_ours()
    {
        _store.OnWrite(new Fault.LostRequest());
        BeforeReadingBack(() => StartAsync(_append));
        Assert.Equal(OutcomeKind.Written, (await _clock.RunAsync(StartAsync(_append))).Kind);
        Assert.Equal(3, Count(_dev));
    }

    [Fact]
    public async Task A_removal_whose_answer_was_lost_does_not_fail_when_it_finds_nothing_left()
    {
        _store.OnWrite(new Fault.LostAnswer());
        var outcome = await _clock.RunAsync(StartAsync(Maps.Delete(Maps.Dev)));
        Assert.Equal((OutcomeKind.Written, 1, Maps.NodeRow), (outcome.Kind, _store.Writes, _store.Roles));
        Assert.Equal(ChangeAction.Removed, Assert.Single(outcome.Plan.Changes).Action);
        Assert.Equal([Notice.Note("the answer to the write was lost; reading back shows that it happened")], outcome.Notices);
    }

    [Fact]
    public async Task A_removal_counts_as_done_when_another_program_has_replaced_the_object_since()
    {
        _store.OnWrite(new Fault.LostAnswer());
        BeforeReadingBack(() => _store.Replace("# theirs\n" + Maps.NodeRow));
        var outcome = await _clock.RunAsync(StartAsync(Maps.Delete(Maps.Dev)));
        Assert.Equal((OutcomeKind.Written, 1), (outcome.Kind, _store.Writes));
        Assert.Contains("it is as wanted now", Assert.Single(outcome.Notices).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_is_made_again_when_another_program_has_brought_the_entry_back()
    {
        _store.OnWrite(new Fault.LostAnswer());
        BeforeReadingBack(() => _store.Replace("# theirs\n" + Maps.NodeRow + _dev));
        Assert.Equal(OutcomeKind.Written, (await _clock.RunAsync(StartAsync(Maps.Delete(Maps.Dev)))).Kind);
        Assert.Equal("# theirs\n" + Maps.NodeRow, _store.Roles);
    }

    [Fact]
    public async Task Appending_is_not_repeated_when_nobody_can_tell_whether_it_happened()
    {
        _store.OnWrite(new Fault.LostAnswer());
        BeforeReadingBack(() => _store.Replace("# theirs\n" + _store.Roles));
        var exception = await Assert.ThrowsAsync<AuthMapException>(() => _clock.RunAsync(StartAsync(_append)));
        Assert.Equal("the answer was lost; whether the change was written is not known", exception.Failure.Message);
        Assert.Equal((2, 1), (Count(_dev), _store.Writes));
    }

    [Fact]
    public async Task A_removal_that_somebody_else_was_faster_with_is_not_found()
    {
        _store.BeforeWrite = _ => _store.Replace(Maps.NodeRow);
        var exception = await Assert.ThrowsAsync<AuthMapException>(() => _clock.RunAsync(StartAsync(Maps.Delete(Maps.Dev))));
        Assert.Equal(FailureKind.NotFound, exception.Failure.Kind);
    }

    [Fact]
    public async Task Where_no_annotations_are_kept_the_texts_tell()
    {
        var store = new MemoryStore { KeepsAnnotations = false }.With(_dev).OnWrite(new Fault.LostAnswer());
        var outcome = await _clock.RunAsync(new AwsAuthEditor(store, _clock).ApplyAsync(
            [_append], new(TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken));
        Assert.Equal((OutcomeKind.Written, 1, _dev + _dev), (outcome.Kind, store.Writes, store.Roles));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_settled_by_a_last_look()
    {
        _store.OnWrite(new Fault.Hangs(DoesItsWork: true));
        Assert.Equal(OutcomeKind.Written, (await _clock.RunAsync(StartAsync(_append))).Kind);
        Assert.Equal(2, Count(_dev));
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_a_failure_that_says_what_is_not_known()
    {
        _store.OnWrite(new Fault.Hangs(DoesItsWork: false));
        var exception = await Assert.ThrowsAsync<AuthMapException>(() => _clock.RunAsync(StartAsync(_append)));
        Assert.Equal(FailureKind.Unreachable, exception.Failure.Kind);
        Assert.Equal("no answer from memory to the write within 60 s; whether the change was written is not known", exception.Failure.Message);
    }

    [Fact]
    public async Task A_failure_after_a_lost_answer_mentions_it()
    {
        _store.OnWrite(new Fault.LostRequest()).OnRead(null, new Fault.Throws(new(FailureKind.Unauthorized, "your token has expired")));
        var exception = await Assert.ThrowsAsync<AuthMapException>(() => _clock.RunAsync(StartAsync(_append)));
        Assert.Equal((FailureKind.Unauthorized, "your token has expired"), (exception.Failure.Kind, exception.Failure.Message));
        Assert.Equal(["before that: the answer was lost; whether the change was written is not known"], exception.Failure.Details);
    }

    [Fact]
    public async Task Many_editors_that_lose_every_third_answer_neither_lose_nor_double_an_entry()
    {
        // No more writes than ids are kept, so that every one of them can be settled.
        var store = new MemoryStore().With(Maps.NodeRow);
        for (var i = 0; i < 100; i++)
        {
            store.OnWrite(null, i % 2 == 0 ? new Fault.LostAnswer() : new Fault.LostRequest(), new Fault.Conflict());
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 4; i++)
            {
                await new AwsAuthEditor(store, TimeProvider.System).ApplyAsync(
                    [Maps.Create($"{Maps.Dev}-{writer}-{i}", "dev") with { OnDuplicate = DuplicatePolicy.Append }],
                    new(TimeSpan.FromMinutes(5)),
                    TestContext.Current.CancellationToken);
            }
        })));
        var arns = store.Roles.Split('\n').Where(line => line.Contains("rolearn", StringComparison.Ordinal)).ToList();
        Assert.Equal(17, arns.Count);
        Assert.Equal(17, arns.Distinct().Count());
    }

    [Fact]
    public void Ids_are_kept_newest_first_and_what_is_no_id_is_dropped()
    {
        var ids = string.Join(',', Enumerable.Range(0, 20).Select(i => $"{i:x16}"));
        var read = new Snapshot { Exists = true, Annotations = new Dictionary<string, string> { [WriteIds.Annotation] = $"x,{ids}" } };
        var id = WriteIds.New();
        Assert.Equal(16, id.Length);
        Assert.Equal([id, .. Enumerable.Range(0, 15).Select(i => $"{i:x16}")], WriteIds.Add(read, id).Split(','));
    }

    private void BeforeReadingBack(Action action) => BeforeReadingBack(() =>
    {
        action();
        return Task.CompletedTask;
    });

    private void BeforeReadingBack(Func<Task> action) => _store.BeforeRead = number => number == 2 ? action() : Task.CompletedTask;

    private async Task AssertAppendedOnceAsync(int writes)
    {
        var outcome = await _clock.RunAsync(StartAsync(_append));
        Assert.Equal((OutcomeKind.Written, writes, 2), (outcome.Kind, _store.Writes, Count(_dev)));
    }

    private Task<Outcome> StartAsync(Edit edit) => new AwsAuthEditor(_store, _clock).ApplyAsync(
        [edit], new(TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);

    private int Count(string entry) => _store.Roles.Split(entry).Length - 1;
}
