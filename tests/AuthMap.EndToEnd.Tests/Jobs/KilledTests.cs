using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>
/// The program is killed at each step of a change: the map is the one before or the one after, whole; its history agrees with it; and
/// the same command again ends as it should, with the change made once.
/// </summary>
public sealed class KilledTests(ApiServer server) : ProxiedTest(server)
{
    private const string Before = "# ours\n" + Maps.Nodes;

    private static readonly string After = Before + Maps.DevEntry;

    public static TheoryData<int, Moment> Moments(int requests, int writes) => Killing.Moments(requests, writes);

    [Theory]
    [MemberData(nameof(Moments), 2, 1)]
    public async Task A_create_is_made_or_not(int request, Moment moment)
    {
        await Server.AwsAuth.PutAsync(mapRoles: Before);

        var happened = await KillAsync(ProxyCommand("create", Maps.CreateDev), request, moment, requests: 2);

        await AssertAsync(happened ? After : Before, revisions: happened ? 2 : 0);
        AssertBackup(request == 2 ? Before : null);
        var again = (await RunAsync("create", Maps.CreateDev)).Succeeded();
        Assert.EndsWith(happened ? "editor: nothing to do\n" : "editor: 1 added\n", again.Error, StringComparison.Ordinal);
        await AssertAsync(After, revisions: 2);
    }

    [Theory]
    [MemberData(nameof(Moments), 2, 1)]
    public async Task The_first_map_of_a_cluster_is_made_or_not(int request, Moment moment)
    {
        var happened = await KillAsync(ProxyCommand("create", Maps.CreateDev), request, moment, requests: 2);

        await AssertAsync(happened ? Maps.DevEntry : null, revisions: happened ? 2 : 0);
        AssertBackup(null);
        (await RunAsync("create", Maps.CreateDev)).Succeeded();
        await AssertAsync(Maps.DevEntry, revisions: 2);
    }

    [Theory]
    [MemberData(nameof(Moments), 2, 1)]
    public async Task An_append_is_made_once_by_the_run_that_was_killed_or_not(int request, Moment moment)
    {
        await Server.AwsAuth.PutAsync(mapRoles: After);

        var happened = await KillAsync(ProxyCommand("create", [.. Maps.CreateDev, "--allow-duplicate"]), request, moment, requests: 2);

        await AssertAsync(happened ? After + Maps.DevEntry : After, revisions: happened ? 2 : 0);
    }

    [Theory]
    [MemberData(nameof(Moments), 3, 1)]
    public async Task A_delete_is_made_or_not(int request, Moment moment)
    {
        await Server.AwsAuth.PutAsync(mapRoles: After);

        var happened = await KillAsync(ProxyCommand("delete", "--arn", Maps.Dev), request, moment, requests: 3);

        await AssertAsync(happened ? Before : After, revisions: happened ? 2 : 0);
        AssertBackup(request == 3 ? After : null);
        Assert.Equal(happened ? 4 : 0, (await RunAsync("delete", "--arn", Maps.Dev)).ExitCode);
        await AssertAsync(Before, revisions: 2);
    }

    [Theory]
    [MemberData(nameof(Moments), 4, 1)]
    public async Task A_rollback_is_made_or_not(int request, Moment moment)
    {
        await Server.AwsAuth.PutAsync(mapRoles: Before);
        (await RunAsync("create", [.. Maps.CreateDev, "--no-backup"])).Succeeded();

        var happened = await KillAsync(ProxyCommand("rollback", "--to", "1"), request, moment, requests: 4);

        await AssertAsync(happened ? Before : After, revisions: happened ? 3 : 2);
        AssertBackup(request == 4 ? After : null);
        (await RunAsync("rollback", "--to", "1")).Succeeded();
        await AssertAsync(Before, revisions: 3);
        (await RunAsync("rollback")).Succeeded();
        await AssertAsync(After, revisions: 4);
    }

    // Says whether the change was made: its write is the last request.
    private async Task<bool> KillAsync(string[] command, int request, Moment moment, int requests)
    {
        await Killing.RunAsync(Program, Proxy, command, request, moment);
        Assert.Equal(request, Proxy.Requests.Count);
        Assert.Equal(request == requests, Proxy.Requests[^1].Body.Contains("\"data\"", StringComparison.Ordinal));
        return request == requests && moment != Moment.Unsent;
    }

    private async Task AssertAsync(string? map, int revisions)
    {
        Assert.Equal(map, await Server.AwsAuth.GetTextAsync("mapRoles"));
        var history = (await RunAsync("history", "-o", "json")).Succeeded();
        Assert.Equal("", history.Error);
        Assert.Equal(
            Enumerable.Range(1, revisions),
            JsonNode.Parse(history.Output)!.AsArray().Select(revision => revision!["number"]!.GetValue<int>()));
    }

    // What the run that was killed has kept.
    private void AssertBackup(string? map)
    {
        var folder = Path.Combine(Program.Home, ".local", "state", "authmap", "backups");
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        Assert.Equal(map is null ? [] : [Manifest(map)], files.Select(File.ReadAllText));
    }

    private static string Manifest(string map) =>
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n"
        + string.Concat(map.TrimEnd('\n').Split('\n').Select(line => $"    {line}\n"));
}
