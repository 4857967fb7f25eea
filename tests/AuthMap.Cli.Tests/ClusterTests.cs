using AuthMap.Cli.Tests.Support;
using AuthMap.Guarding;

namespace AuthMap.Cli.Tests;

/// <summary>What is different when the map lives on a cluster and not in a file.</summary>
public sealed class ClusterTests
{
    private const string Arn = "arn:aws:iam::111122223333:role/k8sDev";

    private const string OneRole = $"- rolearn: {Arn}\n  username: dev-user\n";

    [Fact]
    public async Task A_change_is_told_on_stderr_and_stdout_stays_empty()
    {
        var cluster = new FakeCluster(null);

        var result = await RunAsync(cluster, "create", "mapping", "--arn", Arn, "--username", "dev-user");

        Assert.Equal(new(0, "", "note: the ConfigMap kube-system/aws-auth is new: nobody was mapped before, nodes included\n"
            + $"+ role  {Arn}  →  dev-user\ndev: 1 added\n"), result);
        Assert.Contains("username: dev-user", cluster.MapRoles);
    }

    [Fact]
    public async Task Another_owner_of_the_map_is_warned_of_when_something_changes()
    {
        var cluster = new FakeCluster(OneRole) { OtherOwners = ["Argo CD"] };

        var unchanged = await RunAsync(cluster, "create", "mapping", "--arn", Arn, "--username", "dev-user");
        var changed = await RunAsync(cluster, "create", "mapping", "--arn", Arn, "--username", "other");

        Assert.DoesNotContain("Argo CD", unchanged.Err);
        Assert.StartsWith("warning: Argo CD also writes this map and will overwrite the change unless it is made there, too\n", changed.Err);
    }

    [Fact]
    public async Task Findings_on_a_cluster_count_in_the_text_of_the_key()
    {
        var cluster = new FakeCluster($"- rolearn: {Arn}\n  username: 5\n  groups: [view]\n");

        var table = await RunAsync(cluster, "lint");
        var annotations = await RunAsync(cluster, "lint", "-o", "github", "--fail-on", "never");
        var json = await RunAsync(cluster, "lint", "-o", "json", "--fail-on", "never");

        Assert.Equal(3, table.ExitCode);
        Assert.Contains("\nmapRoles:2:13  AM019  error     mapRoles  username is a number (5), not a string", table.Out);
        Assert.Contains("\n::error title=AM019 username-not-text::mapRoles:2:13: username is a number (5), not a string; quote it\n", annotations.Out);
        Assert.Contains("\"fileLine\": null", json.Out);
        Assert.Contains("\"source\": \"dev\"", json.Out);
    }

    [Fact]
    public async Task An_absent_map_has_no_findings() =>
        Assert.Equal(new(0, "[]\n", "note: dev has no aws-auth ConfigMap\nno findings\n"), await RunAsync(new FakeCluster(null), "lint", "-o", "json"));

    [Fact]
    public async Task What_is_mended_on_a_cluster_is_written_and_the_rest_is_named()
    {
        var cluster = new FakeCluster($"- roleARN: {Arn}\n  username: dev\n  groups: [view]\n");

        var result = await RunAsync(cluster, "lint", "--fix");

        Assert.Equal(new(0, "", $"""
            note: mapRoles line 1: roleARN is now rolearn (AM036)
            ~ role  {Arn}  →  dev
            dev: 1 updated
            left: 1 warning; see authmap lint

            """), result);
        Assert.StartsWith($"- rolearn: {Arn}\n", cluster.MapRoles);
    }

    [Fact]
    public async Task A_removal_says_that_tokens_live_on_for_a_while()
    {
        var result = await RunAsync(new FakeCluster(OneRole), "delete", "mapping", "--arn", Arn);

        Assert.Equal(
            new(0, "", $"""
                - role  {Arn}  →  dev-user
                dev: 1 removed
                note: tokens that the server has seen lately may still work for about two minutes

                """),
            result);
    }

    [Fact]
    public async Task A_dry_run_names_the_version_and_positions_of_the_object()
    {
        var cluster = new FakeCluster(OneRole);

        var result = await RunAsync(cluster, "delete", "mapping", "--arn", Arn, "--dry-run", "--exit-code");

        Assert.Equal(
            new(3, $"""
                --- kube-system/aws-auth  resourceVersion 48213
                +++ kube-system/aws-auth  planned
                @@ mapRoles, line 1 @@
                -- rolearn: {Arn}
                -  username: dev-user
                +[]

                access:
                  - dev-user (role k8sDev) can no longer enter

                """, "dry run: nothing was written\n"),
            result);
        Assert.Equal(OneRole, cluster.MapRoles);
    }

    [Fact]
    public async Task A_plan_carries_the_version_after_the_write()
    {
        var result = await RunAsync(new FakeCluster(OneRole), "create", "mapping", "--arn", Arn, "--group", "view", "-o", "yaml");

        Assert.Equal(
            $"""
            source: dev
            resourceVersion: "48214"
            changes:
            - action: updated
              kind: role
              arn: {Arn}
              before:
                rolearn: {Arn}
                username: dev-user
              after:
                rolearn: {Arn}
                username: dev-user
                groups:
                - view
              line: 1
            access:
            - principal: {Arn}
              before:
                username: dev-user
                groups: []
              after:
                username: dev-user
                groups:
                - view
            warnings: []
            dryRun: false

            """,
            result.Out);
    }

    [Fact]
    public async Task An_absent_map_lists_as_empty()
    {
        var result = await RunAsync(new FakeCluster(null), "get", "mapping");

        Assert.Equal(new(0, "No iamidentitymappings found\n", "note: dev has no aws-auth ConfigMap\n"), result);
        Assert.Equal("[]\n", (await RunAsync(new FakeCluster(null), "get", "mapping", "-o", "json")).Out);
    }

    [Fact]
    public async Task A_map_that_nobody_reads_is_not_changed_unless_it_is_forced()
    {
        var cluster = new FakeCluster(OneRole) { Mode = AuthenticationMode.Api };
        const string Objection =
            "the cluster's authentication mode is API: it lets people in by access entries alone, and nobody reads aws-auth";

        Assert.Equal(
            new(6, "", $"error: dev: this would have no effect\n  {Objection}\nhint: --force makes the change all the same\n"),
            await RunAsync(cluster, "delete", "mapping", "--arn", Arn));
        Assert.Equal(OneRole, cluster.MapRoles);
        Assert.StartsWith(
            $"warning: refused without --force: {Objection}\n",
            (await RunAsync(cluster, "delete", "mapping", "--arn", Arn, "--dry-run")).Err);

        var forced = await RunAsync(cluster, "delete", "mapping", "--arn", Arn, "--force");

        Assert.Equal(0, forced.ExitCode);
        Assert.StartsWith($"warning: forced: {Objection}\n- role", forced.Err);
        Assert.DoesNotContain(Arn, cluster.MapRoles);
    }

    [Fact]
    public async Task A_map_that_nobody_reads_is_said_to_be_that()
    {
        const string Warning =
            "warning: nobody reads this map: the authentication mode of dev is API, which lets people in by access entries alone\n";
        var cluster = new FakeCluster(OneRole) { Mode = AuthenticationMode.Api };

        Assert.Equal(Warning, (await RunAsync(cluster, "get", "mapping")).Err);
        Assert.StartsWith(Warning, (await RunAsync(cluster, "create", "mapping", "--arn", Arn, "--username", "dev-user")).Err);
    }

    [Fact]
    public async Task Access_entries_beside_the_map_are_mentioned_once()
    {
        const string Note =
            "note: an access entry for the same principal wins over this map, and is not looked at here: the authentication mode of dev is API_AND_CONFIG_MAP\n";
        var cluster = new FakeCluster(OneRole) { Mode = AuthenticationMode.ApiAndConfigMap };

        Assert.Equal(Note, (await RunAsync(cluster, "get", "mapping")).Err);
        Assert.Equal(
            Note + $"~ role  {Arn}  →  other\n        username: dev-user  →  other\ndev: 1 updated\n",
            (await RunAsync(cluster, "create", "mapping", "--arn", Arn, "--username", "other")).Err);
        Assert.Empty((await RunAsync(new FakeCluster(OneRole) { Mode = AuthenticationMode.ConfigMap }, "get", "mapping")).Err);
    }

    [Fact]
    public async Task Tokens_live_on_whatever_way_the_cluster_was_named()
    {
        var result = await RunAsync(new FakeCluster(OneRole), "delete", "mapping", "--arn", Arn, "--cluster", "eksworkshop");

        Assert.EndsWith("note: tokens that the server has seen lately may still work for about two minutes\n", result.Err);
    }

    private static Task<RunResult> RunAsync(FakeCluster cluster, params string[] args) =>
        new TestRun { Connector = (_, _, _) => new(cluster, null) }.OfAsync(args);
}
