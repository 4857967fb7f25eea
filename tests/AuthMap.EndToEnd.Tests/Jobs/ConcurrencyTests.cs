using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>Several writers at once: no change is lost, and none happens twice.</summary>
public sealed class ConcurrencyTests(ApiServer server) : ProxiedTest(server)
{
    private const int Writers = 16;

    // Compiling itself at every start costs the build output a second of processor time: 160 of them would be minutes.
    private static readonly int CreatesEach = AuthMapProgram.IsGiven ? 10 : 3;

    [Fact]
    public async Task Sixteen_writers_lose_nothing()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes, mapUsers: "[]\n");

        var results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));

        Assert.All(results.SelectMany(each => each), result => result.Succeeded());
        var listed = JsonNode.Parse((await RunAsync("get", "-o", "json")).Succeeded().Output)!.AsArray();
        Assert.Equal(
            Enumerable.Range(0, Writers).SelectMany(writer => Enumerable.Range(0, CreatesEach).Select(number => $"w{writer}-{number}")).Order(),
            listed.Select(entry => entry!["username"]!.GetValue<string>()).Where(name => name != "system:node:{{EC2PrivateDNSName}}").Order());
        Assert.Equal(1 + (Writers * CreatesEach), listed.Count);
        Assert.StartsWith(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"), StringComparison.Ordinal);

        async Task<List<ProcessResult>> WriteAsync(int writer)
        {
            var ended = new List<ProcessResult>();
            for (var number = 0; number < CreatesEach; number++)
            {
                var kind = number % 3 == 0 ? "user" : "role";
                ended.Add(await RunAsync(
                    "create", "--arn", $"arn:aws:iam::{Maps.Account}:{kind}/w{writer}-{number}", "--username", $"w{writer}-{number}"));
            }

            return ended;
        }
    }

    [Fact]
    public async Task A_change_between_read_and_write_is_kept_with_its_comments()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes, mapUsers: "[]");
        var theirs = $"# theirs\n{Maps.Nodes}\n- rolearn: {Maps.Other} # theirs, too\n  username: other\n";
        Proxy.Next(HttpMethod.Patch, Faults.Before(_ => Server.AwsAuth.PutAsync(mapRoles: theirs, mapAccounts: "# none yet\n[]\n")));

        var result = (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal("GET PATCH GET PATCH", Asked);
        Assert.Equal($"+ role  {Maps.Dev}  →  dev-user\neditor: 1 added\n", result.Error);
        var data = (await Server.AwsAuth.GetAsync())!["data"]!.AsObject();
        Assert.Equal(theirs + Maps.DevEntry, data["mapRoles"]!.GetValue<string>());
        Assert.Equal("# none yet\n[]\n", data["mapAccounts"]!.GetValue<string>());
        Assert.Equal(2, data.Count);
    }

    [Fact]
    public async Task A_change_that_somebody_else_makes_meanwhile_is_not_made_again()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        var theirs = Maps.DevEntry + Maps.Nodes;
        Proxy.Next(HttpMethod.Patch, Faults.Before(_ => Server.AwsAuth.PutAsync(mapRoles: theirs)));

        var result = (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal("GET PATCH GET", Asked);
        Assert.EndsWith("editor: nothing to do\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(theirs, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_removal_that_somebody_else_makes_meanwhile_finds_nothing()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes + Maps.DevEntry);
        Proxy.Next(HttpMethod.Patch, Faults.Before(_ => Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes)));

        var result = await ThroughProxyAsync("delete", "--arn", Maps.Dev);

        Assert.Equal(4, result.ExitCode);
        Assert.Equal("GET POST PATCH GET", Asked);
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_map_that_vanishes_between_read_and_write_is_made_anew()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Role(Maps.Other, "other"));
        Proxy.Next(HttpMethod.Patch, Faults.Before(_ => Server.AwsAuth.DeleteAsync()));

        (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal("GET PATCH GET POST", Asked);
        Assert.Equal(Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_map_that_appears_between_read_and_write_is_added_to()
    {
        Proxy.Next(HttpMethod.Post, Faults.Before(_ => Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes)));

        (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal("GET POST GET PATCH", Asked);
        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Two_creators_of_the_first_map_both_succeed()
    {
        // Both have read that there is none before either of them writes.
        var firstRead = new TaskCompletionSource();
        var secondRead = new TaskCompletionSource();
        Proxy.Next(HttpMethod.Get, Meet(firstRead, secondRead));
        Proxy.Next(HttpMethod.Get, Meet(secondRead, firstRead));

        var results = await Task.WhenAll(
            ThroughProxyAsync("create", Maps.CreateDev),
            ThroughProxyAsync("create", "--arn", Maps.Other, "--username", "other"));

        Assert.All(results, result => result.Succeeded());
        Assert.Equal(2, Proxy.Requests.Count(request => request.Method == "POST"));
        var text = await Server.AwsAuth.GetTextAsync("mapRoles");
        Assert.Contains(
            text, new[] { Maps.DevEntry + Maps.Role(Maps.Other, "other"), Maps.Role(Maps.Other, "other") + Maps.DevEntry });

        Fault Meet(TaskCompletionSource mine, TaskCompletionSource theirs) => Faults.After(_ =>
        {
            mine.SetResult();
            return theirs.Task.WaitAsync(Cancellation);
        });
    }

    [Fact]
    public async Task Conflicts_without_end_are_given_up()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        var writes = 0;
        for (var planned = 0; planned < 500; planned++)
        {
            Proxy.Next(HttpMethod.Patch, Faults.Before(_ => Server.AwsAuth.PutAsync(mapRoles: $"# {++writes}\n{Maps.Nodes}")));
        }

        var result = await ThroughProxyAsync("create", [.. Maps.CreateDev, "--timeout", "3s"]);

        Assert.Equal(5, result.ExitCode);
        Assert.StartsWith("error: editor kept changing: gave up after ", result.Error, StringComparison.Ordinal);
        Assert.True(writes > 1, result.Error);
        Assert.Equal($"# {writes}\n{Maps.Nodes}", await Server.AwsAuth.GetTextAsync("mapRoles"));
    }
}
