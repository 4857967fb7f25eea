using AuthMap.Core.Tests.Planning;
using AuthMap.Editing;

namespace AuthMap.Core.Tests.Editing;

/// <summary>A copy of the map is kept when, and only when, a write replaces it.</summary>
public sealed class BackupTests
{
    private static readonly string _alice = Maps.NodeRow + Maps.Role(Maps.Alice, "alice");

    private readonly List<string> _kept = [];
    private readonly ManualClock _clock = new();
    private readonly MemoryStore _store = new MemoryStore().With(Maps.NodeRow);

    [Fact]
    public async Task The_object_is_kept_before_the_request()
    {
        _store.BeforeWrite = _ => Assert.Equal([Maps.NodeRow], _kept);
        await ApplyAsync();
        Assert.Equal(1, _store.Writes);
    }

    [Fact]
    public async Task Nothing_is_kept_when_nothing_is_written()
    {
        await ApplyAsync(options => options with { DryRun = true });
        await ApplyAsync(options => options with { Approve = (_, _) => new(false) });
        Assert.Empty(_kept);
        await ApplyAsync();
        await ApplyAsync();
        Assert.Equal([Maps.NodeRow], _kept);
    }

    [Fact]
    public async Task After_a_conflict_only_what_was_really_replaced_is_kept()
    {
        _store.BeforeWrite = number =>
        {
            if (number == 1)
            {
                _store.Replace(_alice);
            }
        };
        await ApplyAsync();
        Assert.Equal([_alice], _kept);
    }

    [Fact]
    public async Task A_refused_write_leaves_no_copy()
    {
        _store.OnWrite(new Fault.Throws(new(FailureKind.Unauthorized, "no")));
        await Assert.ThrowsAsync<AuthMapException>(() => ApplyAsync());
        Assert.Empty(_kept);
    }

    [Fact]
    public async Task A_write_that_is_put_off_for_too_long_leaves_no_copy()
    {
        _store.OnWrite(new Fault.Throttled(TimeSpan.FromHours(1)));
        await Assert.ThrowsAsync<AuthMapException>(() => ApplyAsync());
        Assert.Empty(_kept);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_keeps_its_copy()
    {
        _store.OnWrite(new Fault.LostAnswer());
        await ApplyAsync();
        Assert.Equal([Maps.NodeRow], _kept);
    }

    private async Task ApplyAsync(Func<EditorOptions, EditorOptions>? with = null)
    {
        var options = new EditorOptions(TimeSpan.FromMinutes(1))
        {
            Backup = read =>
            {
                var text = read.Data["mapRoles"];
                _kept.Add(text);
                return () => _kept.Remove(text);
            },
        };
        await _clock.RunAsync(new AwsAuthEditor(_store, _clock).ApplyAsync(
            [Maps.Create(Maps.Dev, "dev")], with?.Invoke(options) ?? options, TestContext.Current.CancellationToken));
    }
}
