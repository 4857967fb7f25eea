using System.Text.RegularExpressions;
using AuthMap.Cli.Tests.Support;
using AuthMap.Confirming;

namespace AuthMap.Cli.Tests;

/// <summary>What a person sees of a change that is undone unless it is confirmed.</summary>
public sealed partial class ConfirmWithinTests
{
    private const string Arn = "arn:aws:iam::111122223333:role/k8sDev";
    private const string Before = $"- rolearn: {Arn}\n  username: dev-user\n  groups: [view]\n";

    private static readonly Dictionary<string, string> _noColor = new() { ["NO_COLOR"] = "1" };
    private static readonly Entered _before = In("view");
    private static readonly Unanswered _old = new("dev cannot say as whom you enter", "leave it out");
    private static readonly Entered _after = In("view", "edit");

    private FakeCluster _cluster = null!;
    private FakeEntrance _door = null!;

    [Fact]
    public async Task On_a_terminal_the_person_keeps_it()
    {
        var result = await RunAsync("y\n", [_before, _after], MoreGroups);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"""
            warning: should this be killed, undo the change to dev yourself, until TIME, even when you are locked out:
              kubectl --kubeconfig way-back.kubeconfig patch configmap aws-auth -n kube-system --type merge --patch-file patch.json
            ~ role  {Arn}  →  dev-user
                    groups: view  →  view, edit
            dev: 1 updated
            note: trying whether you still get in, for 2m at most
            = dev: you are still in as dev-user (groups view, edit, system:authenticated)
            keep the change? [y/N] (undone by itself in TIME) dev: confirmed

            """, Told(result));
        Assert.False(_door.IsOpen);
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("")]
    public async Task Whatever_is_no_yes_undoes_it(string answer)
    {
        var result = await RunAsync(answer, [_before, _after], MoreGroups);

        Assert.Equal((6, Before), (result.ExitCode, _cluster.MapRoles));
        Assert.EndsWith(
            "note: undoing the change to dev\nerror: dev: the change was undone: you did not want to keep it\n", result.Err);
        Assert.False(_door.IsOpen);
    }

    [Fact]
    public async Task Off_a_terminal_a_good_try_is_the_confirmation()
    {
        var result = await RunAsync(null, [_before, _after], MoreGroups);

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("keep the change?", result.Err);
        Assert.EndsWith("note: trying whether you still get in, for 2m at most\ndev: confirmed\n", result.Err);
    }

    [Fact]
    public async Task With_yes_a_good_try_is_enough()
    {
        var result = await RunAsync("", [_before, _after], [.. MoreGroups, "--yes"]);

        Assert.Equal(0, result.ExitCode);
        Assert.NotEqual(Before, _cluster.MapRoles);
    }

    [Fact]
    public async Task Whoever_is_locked_out_gets_the_map_back()
    {
        var result = await RunAsync(
            null, [_before, new TurnedAway()], ["delete", "mapping", "--arn", Arn, "--force", "--confirm-within", "2m"]);

        Assert.Equal((6, Before), (result.ExitCode, _cluster.MapRoles));
        Assert.EndsWith("error: dev: the change was undone: you could no longer enter (401)\n", result.Err);
    }

    [Fact]
    public async Task A_dry_run_makes_nothing_and_says_what_would_be()
    {
        var result = await RunAsync(null, [_before], [.. MoreGroups, "--dry-run"]);

        Assert.Equal((0, Before), (result.ExitCode, _cluster.MapRoles));
        Assert.Equal("""
            dry run: nothing was written
            note: without --dry-run it would be undone unless it is confirmed within 2m; for that a service account that may patch aws-auth would be made in kube-system, and removed again

            """, result.Err);
    }

    [Fact]
    public async Task A_server_that_cannot_tell_is_found_out_before_the_question()
    {
        var result = await RunAsync("y\n", [_old], ["delete", "mapping", "--arn", Arn, "--force", "--confirm-within", "2m"]);

        Assert.Equal((6, 0), (result.ExitCode, _cluster.Writes));
        Assert.Equal("""
            error: --confirm-within cannot see what the change does to you: dev cannot say as whom you enter; nothing was written
            hint: leave it out

            """, result.Err);
    }

    [Fact]
    public async Task A_dry_run_warns_of_a_server_that_cannot_tell()
    {
        var result = await RunAsync(null, [_old], [.. MoreGroups, "--dry-run", "-o", "json"]);

        Assert.Equal(0, result.ExitCode);
        const string Warning =
            "without --dry-run it would not be written: --confirm-within cannot see what the change does to you: dev cannot say as whom you enter";
        Assert.StartsWith($"warning: {Warning}\n", result.Err);
        Assert.Contains($"\"{Warning}\"", result.Out);
    }

    [Fact]
    public async Task An_edit_that_could_not_be_confirmed_does_not_begin()
    {
        var result = await RunAsync("", [_old], ["edit", "--confirm-within", "2m"]);

        Assert.Equal(6, result.ExitCode);
        Assert.StartsWith("error: --confirm-within cannot see what the change does to you", result.Err);
    }

    [Fact]
    public void Who_ends_the_undo_by_force_hears_how_to_do_it()
    {
        List<string> said = [];
        using var interruption = new Interruption(() => said.Add("exit"));
        using var hold = interruption.Hold(() => said.Add("goes on"), () => said.Add("by hand"));

        interruption.Signal();
        interruption.Signal();
        interruption.Signal();

        Assert.Equal(["goes on", "by hand", "exit"], said);
    }

    [Fact]
    public async Task Nothing_to_do_needs_no_confirmation()
    {
        var result = await RunAsync(
            null, [], ["create", "mapping", "--arn", Arn, "--group", "view", "--confirm-within", "2m"]);

        Assert.Equal((0, $"= role  {Arn}  →  dev-user  (view)\ndev: nothing to do\n"), (result.ExitCode, result.Err));
    }

    [Theory]
    [InlineData("2", "--confirm-within \"2\" is not a duration")]
    [InlineData("3s", "--confirm-within is 3s, in which nothing can be tried")]
    [InlineData("2h", "--confirm-within is 2h, which is more than an hour")]
    public async Task A_window_that_makes_no_sense_is_a_usage_error(string window, string message)
    {
        var result = await RunAsync(null, [], ["create", "mapping", "--account", "111122223333", "--confirm-within", window]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: {message}\n", result.Err);
    }

    [Fact]
    public async Task Nobody_enters_by_a_manifest()
    {
        var result = await RunAsync(
            null, [], ["create", "mapping", "--account", "111122223333", "--confirm-within", "2m", "--manifest", "aws-auth.yaml"]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: --confirm-within is for clusters: nobody enters by a manifest\n", result.Err);
    }

    private static string[] MoreGroups { get; } =
        ["create", "mapping", "--arn", Arn, "--group", "view,edit", "--confirm-within", "2m"];

    private static Entered In(params string[] groups) => new(
        new("dev-user", [.. groups, "system:authenticated"], "arn:aws:sts::111122223333:assumed-role/k8sDev/bob", "AROAX:bob", null), IsFresh: true);

    private static string Told(RunResult result) =>
        Time().Replace(result.Err, "TIME");

    private Task<RunResult> RunAsync(string? typed, Probe[] shows, string[] args)
    {
        _cluster = new(Before) { FindEntrance = () => _door };
        _door = new(shows) { Store = _cluster };
        return new TestRun { Connector = (_, _, _) => new(_cluster, null), Typed = typed, IsTerminal = typed is not null, Environment = _noColor }.OfAsync(args);
    }

    [GeneratedRegex(@"[0-9-]+ [0-9:]+Z|(?<=itself in )[0-9ms]+")]
    private static partial Regex Time();
}
