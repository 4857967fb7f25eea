using AuthMap.Cli.Tests.Support;

namespace AuthMap.Cli.Tests;

/// <summary>Revisions of a cluster's map: listed, shown, restored.</summary>
public sealed class HistoryTests
{
    private const string Arn = "arn:aws:iam::111122223333:role/k8sDev";
    private const string OneRole = $"- rolearn: {Arn}\n  username: dev-user # ann\n";

    private readonly FakeCluster _cluster = new(OneRole);

    [Fact]
    public async Task Revisions_are_listed_newest_first_and_the_map_now_is_marked()
    {
        await CreateAsync("second");
        _cluster.Overwrite("- rolearn: x\n");
        await CreateAsync("third");

        var result = await RunAsync("history");

        var lines = result.Out.Split('\n');
        Assert.Equal((0, 6), (result.ExitCode, lines.Length));
        Assert.Matches("^REVISION +TIME +BY +WITH +CHANGE$", lines[0]);
        Assert.Matches("^4 \\* +[0-9]{4}-[0-9-]+T[0-9:]+Z +ann +authmap [0-9.]+[^ ]* +\\+ role k8sDev$", lines[1]);
        Assert.Matches("^3 +changed without history: outside authmap, or with --no-history$", lines[2]);
        Assert.Matches("^2 .* ~ role k8sDev$", lines[3]);
        Assert.Matches("^1 +the map before the first recorded change$", lines[4]);
    }

    [Fact]
    public async Task A_write_of_another_program_since_ours_is_a_revision_too()
    {
        await CreateAsync("second");
        _cluster.Overwrite("- rolearn: x\n");

        var result = await RunAsync("history", "-o", "json");

        Assert.Contains("\"number\": 3,\n        \"time\": null,\n        \"actor\": null,\n        \"tool\": null,\n        \"change\": \"changed without history: outside authmap, or with --no-history\"", result.Out);
    }

    [Fact]
    public async Task Rolling_back_undoes_the_newest_change_and_then_the_rollback()
    {
        await CreateAsync("second");
        var second = _cluster.MapRoles;

        var result = await RunAsync("rollback");

        Assert.Equal((0, OneRole), (result.ExitCode, _cluster.MapRoles));
        Assert.Equal($"~ role  {Arn}  →  dev-user\n        username: second  →  dev-user\ndev: 1 updated\n", result.Err);
        Assert.Equal(0, (await RunAsync("rollback")).ExitCode);
        Assert.Equal(second, _cluster.MapRoles);
    }

    [Fact]
    public async Task A_rollback_that_undoes_a_rollback_says_so_and_names_the_way_to_older_states()
    {
        await CreateAsync("second");
        await CreateAsync("third");
        Assert.EndsWith("note: further back: authmap rollback --to 1\n", (await RunAsync("rollback")).Err);

        var again = (await RunAsync("rollback")).Err;
        Assert.StartsWith("note: the newest change is itself a rollback, which this undoes; further back: authmap rollback --to 1\n", again);
        Assert.EndsWith("note: further back: authmap rollback --to 2\n", again);

        // Not --to 4, which is the state that this undoes.
        Assert.EndsWith("note: further back: authmap rollback --to 1\n", (await RunAsync("rollback")).Err);
        Assert.DoesNotContain("further back", (await RunAsync("rollback", "--to", "1")).Err);
    }

    [Fact]
    public async Task A_map_that_another_program_broke_goes_back_to_what_we_wrote_last()
    {
        await CreateAsync("second");
        var second = _cluster.MapRoles;
        _cluster.Overwrite("- rolearn: {{broken");

        var result = await RunAsync("rollback");

        Assert.Equal((0, second), (result.ExitCode, _cluster.MapRoles));
        Assert.StartsWith("note: the map was changed without history since the last recorded change: outside authmap, or with --no-history\n", result.Err);
        Assert.EndsWith("note: further back: authmap rollback --to 1\n", result.Err);
    }

    [Fact]
    public async Task A_rollback_is_a_plan_like_any_other()
    {
        await CreateAsync("second");
        var second = _cluster.MapRoles;

        var result = await RunAsync("rollback", "--to", "1", "--dry-run", "--exit-code");

        Assert.Equal((3, second), (result.ExitCode, _cluster.MapRoles));
        Assert.Contains("-  username: second # ann\n+  username: dev-user # ann\n", result.Out);
    }

    [Fact]
    public async Task A_revision_that_the_authenticator_cannot_read_needs_force()
    {
        _cluster.Overwrite("- rolearn: {{broken");
        await CreateAsync("second", "--account", "111122223333");
        Assert.Equal(0, (await RunAsync("create", "mapping", "--account", "111122223333")).ExitCode);
        _cluster.Overwrite(OneRole);

        var result = await RunAsync("rollback", "--to", "1");

        Assert.Equal((6, OneRole), (result.ExitCode, _cluster.MapRoles));
        Assert.Contains("mapRoles", result.Err);
        Assert.Equal(0, (await RunAsync("rollback", "--to", "1", "--force")).ExitCode);
        Assert.Equal("- rolearn: {{broken", _cluster.MapRoles);
    }

    [Fact]
    public async Task A_key_that_was_absent_is_absent_again()
    {
        await RunAsync("create", "mapping", "--arn", "arn:aws:iam::111122223333:user/ann", "--username", "ann");
        Assert.Contains("mapUsers", _cluster.Data.Keys);

        Assert.Equal(0, (await RunAsync("rollback")).ExitCode);

        Assert.DoesNotContain("mapUsers", _cluster.Data.Keys);
    }

    [Fact]
    public async Task A_revision_is_shown_as_a_manifest()
    {
        await CreateAsync("second");

        var result = await RunAsync("history", "--show", "1");

        Assert.Equal((0, ""), (result.ExitCode, result.Err));
        Assert.EndsWith($"data:\n  mapRoles: |\n    - rolearn: {Arn}\n      username: dev-user # ann\n", result.Out);
        Assert.Equal(result.Out, (await new TestRun { Connector = (_, _, _) => new(new FakeCluster(OneRole), null) }.OfAsync(["get", "mapping", "-o", "manifest"])).Out);
    }

    [Fact]
    public async Task Without_history_there_is_nothing_to_go_back_to()
    {
        Assert.Equal(new(0, "", "note: dev has no history yet: it begins with the next change\n"), await RunAsync("history"));
        Assert.Equal(4, (await RunAsync("rollback")).ExitCode);
        await RunAsync("create", "mapping", "--arn", Arn, "--username", "second", "--no-history");
        Assert.Equal(4, (await RunAsync("rollback")).ExitCode);
        Assert.Equal(4, (await RunAsync("rollback", "--to", "7")).ExitCode);
    }

    [Fact]
    public async Task A_write_without_history_is_not_said_to_be_from_outside()
    {
        await CreateAsync("second");
        await CreateAsync("third", "--arn", Arn, "--username", "third", "--no-history");

        var result = await RunAsync("history");

        Assert.Matches("^3 \\* +changed without history: outside authmap, or with --no-history$", result.Out.Split('\n')[1]);
    }

    [Fact]
    public async Task Who_is_not_known_is_not_made_up()
    {
        Assert.Equal(0, (await new TestRun { Connector = (_, _, _) => new(_cluster, null) }
            .OfAsync(["create", "mapping", "--arn", Arn, "--username", "second"])).ExitCode);

        Assert.DoesNotContain("?", (await RunAsync("history")).Out);
        Assert.Contains("\"actor\": null", (await RunAsync("history", "-o", "json")).Out);
    }

    [Fact]
    public async Task Replacing_a_text_is_named_as_such()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, (await RunAsync("get", "mapping", "-o", "manifest")).Out, TestContext.Current.CancellationToken);
            _cluster.Overwrite("- rolearn: {{broken");

            Assert.Equal(0, (await RunAsync("apply", "-f", file, "--replace")).ExitCode);

            Assert.EndsWith("apply --replace", (await RunAsync("history")).Out.Split('\n')[1]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_manifest_has_git() =>
        Assert.Equal(
            new(2, "", "error: a manifest has no history of its own\nhint: git knows it: git log -p FILE\n"),
            await RunAsync("history", "--manifest", "x.yaml"));

    private Task<RunResult> CreateAsync(string username, params string[] more) => RunAsync(
        ["create", "mapping", .. more.Length > 0 ? more : ["--arn", Arn, "--username", username]]);

    private Task<RunResult> RunAsync(params string[] args) => new TestRun
    {
        Connector = (_, _, _) => new(_cluster, null),
        Environment = new Dictionary<string, string> { ["USER"] = "ann" },
    }.OfAsync(args);
}
