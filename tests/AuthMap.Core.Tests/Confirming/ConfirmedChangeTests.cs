using AuthMap.Confirming;
using AuthMap.Core.Tests.Editing;
using AuthMap.Editing;
using AuthMap.Mappings;
using AuthMap.Planning;
using AuthMap.Resolving;

namespace AuthMap.Core.Tests.Confirming;

/// <summary>A change that is undone unless one still gets in.</summary>
public sealed class ConfirmedChangeTests
{
    internal const string Arn = "arn:aws:sts::111122223333:assumed-role/admin/bob";
    private const string Role = "arn:aws:iam::111122223333:role/admin";
    private const string Before = $"- rolearn: {Role}\n  username: admin\n  groups: [ops] # us\n";

    private static readonly UpsertPrincipal _other = new(
        MappingKind.Role, "arn:aws:iam::111122223333:role/other", "other", [], false, [], DuplicatePolicy.Update);

    private static readonly RemoveMappings _self = new(new(Role, null, null, null), false, false);

    private static readonly Fault _gone = new Fault.Throws(new(FailureKind.Unreachable, "gone"));

    private readonly ManualClock _clock = new();
    private MemoryStore _map;
    private readonly MemoryEntrance _door;
    private readonly List<string> _said = [];
    private Func<SelfReview, TimeSpan, CancellationToken, Task<bool>>? _ask;
    private Func<Plan, CancellationToken, ValueTask<bool>>? _approve;
    private bool _dryRun;
    private string? _written;
    private Action _onWritten;

    public ConfirmedChangeTests()
    {
        MemoryEntrance? door = null;
        _onWritten = () => _written = _map!.Roles;
        _map = new MemoryStore { FindEntrance = () => door }.With(Before);
        door = _door = new(_map, _clock) { Show = _ => MemoryEntrance.In("admin", "ops") };
    }

    [Fact]
    public async Task Who_still_enters_as_before_for_a_while_keeps_the_change()
    {
        var start = _clock.Now;

        var outcome = await RunAsync(_other);

        Assert.Equal(OutcomeKind.Written, outcome.Kind);
        Assert.Contains("other", _map.Roles);
        Assert.InRange(_clock.Now - start, TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(15));
        Assert.Equal(["sweep", "open", "close"], _door.Log);
    }

    [Fact]
    public async Task Who_enters_as_the_change_wants_it_keeps_it_at_once()
    {
        _door.Show = number => MemoryEntrance.In("admin", number < 2 ? "ops" : "dev");
        var start = _clock.Now;

        await RunAsync(new UpsertPrincipal(MappingKind.Role, Role, "admin", ["dev"], false, [], DuplicatePolicy.Update));

        Assert.Contains("dev", _map.Roles);
        Assert.InRange(_clock.Now - start, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Who_cannot_enter_gets_the_map_back_byte_for_byte()
    {
        _door.Show = number => number == 0 ? MemoryEntrance.In("admin", "ops") : new TurnedAway();

        var failure = await FailAsync(_self);

        Assert.Equal((FailureKind.Unconfirmed, "memory: the change was undone: you could no longer enter (401)"), (failure.Kind, failure.Message));
        Assert.DoesNotContain(Role, _written);
        Assert.Equal(Before, _map.Roles);
        Assert.Equal("close", _door.Log[^1]);
    }

    [Fact]
    public async Task Lost_groups_are_lost_entry()
    {
        _door.Show = number => MemoryEntrance.In("admin", number < 3 ? ["ops"] : []);

        var failure = await FailAsync(_other);

        Assert.Equal("memory: the change was undone: you would be admin (groups system:authenticated)", failure.Message);
        Assert.Equal(Before, _map.Roles);
    }

    [Fact]
    public async Task A_hiccup_is_no_lock_out()
    {
        _door.Show = number => number switch
        {
            2 or 3 => new TurnedAway(),
            5 => new NoAnswer(new(FailureKind.Unreachable, "no connection")),
            _ => MemoryEntrance.In("admin", "ops"),
        };

        Assert.Equal(OutcomeKind.Written, (await RunAsync(_other)).Kind);
    }

    [Fact]
    public async Task A_server_that_never_reads_the_new_map_proves_nothing()
    {
        var failure = await FailAsync(_self);

        Assert.Equal("memory: the change was undone: memory still lets you in as before, so what the change means for you did not show", failure.Message);
        Assert.Equal(Before, _map.Roles);
    }

    [Fact]
    public async Task What_others_write_meanwhile_stays()
    {
        _door.Show = number =>
        {
            if (number == 1)
            {
                _map.Replace("- rolearn: arn:aws:iam::111122223333:role/theirs\n  username: theirs\n", _map.Object.Annotations);
            }

            return number == 0 ? MemoryEntrance.In("admin", "ops") : new TurnedAway();
        };

        await FailAsync(_self);

        Assert.Contains(Before, _map.Roles);
        Assert.Contains("- rolearn: arn:aws:iam::111122223333:role/theirs\n  username: theirs\n", _map.Roles);
    }

    [Fact]
    public async Task An_entry_that_others_changed_too_is_given_back_and_that_is_said()
    {
        _door.Show = number =>
        {
            if (number == 1)
            {
                _map.Replace($"- rolearn: {Role}\n  username: theirs\n", _map.Object.Annotations);
            }

            return number == 0 ? MemoryEntrance.In("admin", "ops") : new TurnedAway();
        };

        var failure = await FailAsync(_self);

        Assert.Contains("somebody else has changed the same entries meanwhile", Assert.Single(failure.Details));
        Assert.Contains("username: admin", _map.Roles);
        Assert.Contains("ops", _map.Roles);
    }

    [Fact]
    public async Task A_key_that_others_broke_is_put_back()
    {
        BreakAfterWrite("- rolearn: [\n");

        var failure = await FailAsync(_self);

        Assert.Equal("memory: the change was undone: you could no longer enter (401)", failure.Message);
        Assert.Equal(
            "somebody else has made mapRoles unreadable meanwhile; it is as it was before this change, without what they wrote",
            Assert.Single(failure.Details));
        Assert.Equal(Before, _map.Roles);
    }

    [Fact]
    public async Task Of_an_entry_that_stands_there_twice_the_one_in_effect_comes_back()
    {
        const string Dead = $"- rolearn: {Role}\n  username: dead\n";
        _map.With(Dead + Before);
        BreakAfterWrite($"- rolearn: {Role}\n  username: theirs\n");

        var failure = await FailAsync(new RemoveMappings(new(Role, null, null, null), true, false));

        Assert.EndsWith("what they give is what they gave before this change", Assert.Single(failure.Details));
        Assert.Contains("username: admin", _map.Roles);
        Assert.DoesNotContain("dead", _map.Roles);
    }

    [Fact]
    public async Task A_person_decides_once_the_try_is_good()
    {
        _ask = (_, left, _) =>
        {
            _said.Add($"asked with {ConfirmOptions.Words(left)} left");
            return Task.FromResult(false);
        };

        var failure = await FailAsync(_other);

        Assert.Equal("memory: the change was undone: you did not want to keep it", failure.Message);
        Assert.Equal(Before, _map.Roles);
        Assert.Contains(_said, line => line.StartsWith("asked with 4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_who_does_not_answer_in_time_has_said_no()
    {
        _ask = async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return true;
        };

        Assert.Equal("memory: the change was undone: it was not confirmed within 1m", (await FailAsync(_other)).Message);
        Assert.Equal(Before, _map.Roles);
    }

    [Fact]
    public async Task A_lock_out_that_shows_late_does_not_wait_for_the_person()
    {
        _door.Show = number => number < 15 ? MemoryEntrance.In("admin", "ops") : new TurnedAway();
        _ask = async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return true;
        };

        Assert.Equal("memory: the change was undone: you could no longer enter (401)", (await FailAsync(_other)).Message);
    }

    [Fact]
    public async Task A_yes_does_not_count_while_the_tries_fail()
    {
        TaskCompletionSource failed = new();
        _door.Show = number =>
        {
            if (number == 16)
            {
                failed.SetResult();
            }

            return number < 15 ? MemoryEntrance.In("admin", "ops") : new TurnedAway();
        };
        _ask = async (_, _, _) =>
        {
            await failed.Task;
            return true;
        };

        Assert.Equal("memory: the change was undone: you could no longer enter (401)", (await FailAsync(_other)).Message);
    }

    [Fact]
    public async Task Whatever_breaks_before_it_is_confirmed_undoes_it()
    {
        _onWritten = () => throw new IOException("the pipe is closed");

        await Assert.ThrowsAsync<IOException>(() => RunAsync(_other));

        Assert.Equal((Before, "close"), (_map.Roles, _door.Log[^1]));
    }

    [Fact]
    public async Task Without_a_way_back_nothing_is_written()
    {
        _door.Fault = new AuthMapException(FailureKind.Unconfirmed, "no way back can be made");

        Assert.Equal("no way back can be made", (await FailAsync(_other)).Message);
        Assert.Equal((0, Before), (_map.Writes, _map.Roles));
    }

    [Fact]
    public async Task Who_cannot_even_enter_now_learns_nothing_and_writes_nothing()
    {
        _door.Show = _ => new Unanswered("it does not say");

        Assert.Equal("--confirm-within cannot see what the change does to you: it does not say; nothing was written", (await FailAsync(_other)).Message);
        Assert.Equal((0, 0), (_map.Writes, _door.Log.Count));
    }

    [Fact]
    public async Task Who_cannot_be_seen_is_not_asked()
    {
        _door.Show = _ => new Unanswered("it does not say", "leave it out");
        _approve = (_, _) => throw new InvalidOperationException("asked");

        Assert.Equal("leave it out", (await FailAsync(_other)).Hint);
    }

    [Fact]
    public async Task A_dry_run_foresees_that_nothing_could_be_confirmed()
    {
        _door.Show = _ => new Unanswered("it does not say");
        _dryRun = true;

        var outcome = await RunAsync(_other);

        Assert.Contains(
            Notice.Warning("without --dry-run it would not be written: --confirm-within cannot see what the change does to you: it does not say"),
            outcome.Notices);
        Assert.Equal((0, 0), (_map.Writes, _door.Log.Count));
    }

    [Fact]
    public async Task A_map_that_was_made_stays_without_the_mappings()
    {
        _map = new MemoryStore { FindEntrance = () => _door };
        _door.Store = _map;
        _ask = (_, _, _) => Task.FromResult(false);

        var failure = await FailAsync(_other);

        Assert.Equal("the ConfigMap aws-auth, which was not there before, stays, without these mappings", Assert.Single(failure.Details));
        Assert.Empty(_map.Object.Data);
    }

    [Fact]
    public async Task A_token_that_is_always_the_same_proves_nothing()
    {
        _door.Show = _ => MemoryEntrance.In("admin", "ops") with { IsFresh = false };

        Assert.Contains("your credential is always the same one", (await FailAsync(_other)).Message);
        Assert.Equal(0, _map.Writes);
    }

    [Fact]
    public async Task Who_enters_without_the_map_is_told_that_the_try_says_nothing_about_others()
    {
        _door.Show = _ => new Entered(new("admin", ["system:masters"], null, null, null), IsFresh: false);

        await RunAsync(_self);

        Assert.Contains(_said, line => line.Contains("you enter as admin without aws-auth"));
        Assert.Empty(_map.Roles.Replace("[]", "").Trim());
    }

    [Fact]
    public async Task Whoever_stops_it_gets_the_map_back()
    {
        using var stop = new CancellationTokenSource();
        _door.Show = number =>
        {
            if (number == 2)
            {
                stop.Cancel();
            }

            return MemoryEntrance.In("admin", "ops");
        };

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => UntilAsync(_other, stop.Token));

        Assert.Equal("the change to memory was undone", exception.Message);
        Assert.Equal((Before, "close"), (_map.Roles, _door.Log[^1]));
    }

    [Theory]
    [InlineData(true, "The operation was canceled.")]
    [InlineData(false, "something is left")]
    public async Task Whoever_stops_it_while_the_way_back_is_made_hears_only_of_what_is_left(bool isPassing, string message)
    {
        using var stop = new CancellationTokenSource();
        _door.Show = _ =>
        {
            stop.Cancel();
            return MemoryEntrance.In("admin", "ops");
        };
        _door.Fault = isPassing
            ? new OperationCanceledException("A task was canceled.", new AuthMapException(FailureKind.Unreachable, "no answer so far"))
            : new OperationCanceledException("something is left", new OperationCanceledException());

        Assert.Equal(message, (await Assert.ThrowsAsync<OperationCanceledException>(() => UntilAsync(_other, stop.Token))).Message);
        Assert.Equal(0, _map.Writes);
    }

    [Fact]
    public async Task A_write_that_is_refused_after_a_lost_one_fails_for_that()
    {
        _map.OnWrite(new Fault.LostRequest(), new Fault.Throws(new(FailureKind.Unauthorized, "not you")));

        var failure = await FailAsync(_other);

        Assert.Equal((FailureKind.Unauthorized, "not you"), (failure.Kind, failure.Message));
        Assert.Equal("the change was not written, and cannot be any more", failure.Details[^1]);
    }

    [Fact]
    public async Task A_write_whose_answer_never_came_is_undone_when_it_happened()
    {
        using var stop = new CancellationTokenSource();
        _map.OnWrite(new Fault.Hangs(DoesItsWork: true));
        _map.BeforeWrite = number =>
        {
            if (number == 1)
            {
                stop.Cancel();
                _map.OnRead(new Fault.Throws(new(FailureKind.Unreachable, "gone")));
            }
        };

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => UntilAsync(_other, stop.Token));

        Assert.Equal(("the change to memory was undone", Before), (exception.Message, _map.Roles));
    }

    [Fact]
    public async Task Without_connection_it_asks_on_whether_it_was_written_and_undoes_it()
    {
        _map.OnWrite(new Fault.LostAnswer()).OnRead([null, .. Enumerable.Repeat(_gone, 30)]);

        var failure = await FailAsync(_other);

        Assert.Equal((FailureKind.Unconfirmed, "memory: the change was undone: the answer was lost"), (failure.Kind, failure.Message));
        Assert.Equal((Before, "close"), (_map.Roles, _door.Log[^1]));
        Assert.InRange(_clock.Now, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
        Assert.Contains("the answer to the write was lost; asking memory what became of it, for 10m at most", _said);
    }

    [Fact]
    public async Task What_is_never_known_leaves_the_way_back_and_says_how_to_go_it()
    {
        _map.OnWrite(new Fault.LostAnswer()).OnRead([null, .. Enumerable.Repeat(_gone, 1000)]);

        var failure = await FailAsync(_other);

        Assert.Equal(
            (FailureKind.Failed, "memory: IT IS NOT KNOWN WHETHER THE CHANGE WAS WRITTEN: gone"), (failure.Kind, failure.Message));
        Assert.StartsWith("kubectl --kubeconfig '/run/way back.kubeconfig'", failure.Details[^1]);
        Assert.DoesNotContain("close", _door.Log);
        Assert.InRange(_clock.Now, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_write_that_has_not_arrived_can_no_longer_arrive()
    {
        _map.OnWrite(new Fault.Stuck()).OnRead(null, _gone);

        var failure = await FailAsync(_other);

        Assert.Equal((FailureKind.Unreachable, "gone"), (failure.Kind, failure.Message));
        Assert.Equal(["the change was not written, and cannot be any more"], failure.Details);
        Assert.IsType<Conflicted>(_map.Arrive());
        Assert.Equal((Before, "close"), (_map.Roles, _door.Log[^1]));
        Assert.Single(WriteIds.Of(_map.Object));
    }

    [Fact]
    public async Task A_write_that_arrives_while_it_is_looked_for_is_undone()
    {
        _map.OnWrite(new Fault.Delayed()).OnRead(null, _gone);

        Assert.Equal("memory: the change was undone: the answer was lost", (await FailAsync(_other)).Message);
        Assert.Equal(Before, _map.Roles);
    }

    [Fact]
    public async Task A_map_that_may_still_be_created_leaves_the_way_back()
    {
        _map = new MemoryStore { FindEntrance = () => _door }.OnWrite(new Fault.Stuck()).OnRead(null, _gone);
        _door.Store = _map;

        var failure = await FailAsync(_other);

        Assert.Equal(
            "memory: IT IS NOT KNOWN WHETHER THE CHANGE WAS WRITTEN: aws-auth is as it was, but the write may still arrive", failure.Message);
        Assert.DoesNotContain("close", _door.Log);
        Assert.IsType<Written>(_map.Arrive());
    }

    [Fact]
    public async Task A_refused_write_is_no_reason_to_look()
    {
        _map.OnWrite(new Fault.Throws(new(FailureKind.Unauthorized, "not you")));

        Assert.Equal("not you", (await FailAsync(_other)).Message);
        Assert.Equal((1, 1), (_map.Reads, _map.Writes));
    }

    [Fact]
    public async Task An_undo_that_fails_says_how_to_do_it_by_hand_and_leaves_the_way()
    {
        _door.Show = number => number == 0 ? MemoryEntrance.In("admin", "ops") : new TurnedAway();
        _door.Store = new MemoryStore().OnRead(new Fault.Throws(new(FailureKind.Failed, "the disk is full")));

        var failure = await FailAsync(_self);

        Assert.Equal((FailureKind.Failed, "memory: THE CHANGE COULD NOT BE UNDONE: the disk is full"), (failure.Kind, failure.Message));
        Assert.Equal(
            "kubectl --kubeconfig '/run/way back.kubeconfig' patch configmap aws-auth -n kube-system --type merge --patch-file /run/patch.json",
            failure.Details[^1]);
        Assert.DoesNotContain("close", _door.Log);
    }

    [Fact]
    public async Task The_way_back_outlives_the_window_and_knows_the_texts_before()
    {
        await RunAsync(_other);

        Assert.Equal(TimeSpan.FromMinutes(1 + 1 + 13), _door.Life);
        Assert.Equal(new Dictionary<string, string?> { ["mapRoles"] = Before }, _door.Patch);
    }

    [Theory]
    [InlineData(59, "59s")]
    [InlineData(60, "1m")]
    [InlineData(118, "1m58s")]
    [InlineData(3600, "1h")]
    [InlineData(3661, "1h1m1s")]
    public void Times_are_told_as_they_are_typed(int seconds, string words) =>
        Assert.Equal(words, ConfirmOptions.Words(TimeSpan.FromSeconds(seconds)));

    private void BreakAfterWrite(string roles) => _door.Show = number =>
    {
        if (number == 1)
        {
            _map.Replace(roles, _map.Object.Annotations);
        }

        return number == 0 ? MemoryEntrance.In("admin", "ops") : new TurnedAway();
    };

    private async Task<Failure> FailAsync(Edit edit) => (await Assert.ThrowsAsync<AuthMapException>(() => RunAsync(edit))).Failure;

    private Task<Outcome> RunAsync(Edit edit) => UntilAsync(edit, TestContext.Current.CancellationToken);

    private Task<Outcome> UntilAsync(Edit edit, CancellationToken stop)
    {
        var options = new ConfirmOptions(TimeSpan.FromMinutes(1)) { Ask = _ask, Say = notice => _said.Add(notice.Text) };
        return _clock.RunAsync(new ConfirmedChange(_map, _clock, options).ApplyAsync(
            [edit], new(TimeSpan.FromMinutes(1), _dryRun, _approve, Force: true), _ => _onWritten(), stop));
    }
}
