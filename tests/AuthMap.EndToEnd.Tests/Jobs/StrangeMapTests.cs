using System.Text;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>Maps as they are found: broken ones, and very large ones.</summary>
public sealed class StrangeMapTests(ApiServer server) : ProxiedTest(server)
{
    private const string Broken = $"- rolearn: {Maps.Dev}\n  username: dev: user\n";
    private const string Ann = $"arn:aws:iam::{Maps.Account}:user/ann";

    [Fact]
    public async Task A_broken_mapRoles_leaves_the_users_to_be_seen_and_changed()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Broken, mapUsers: $"- userarn: {Ann}\n  username: ann\n");

        var list = (await ThroughProxyAsync("get", "-o", "name")).Succeeded();
        var role = await ThroughProxyAsync("create", "--arn", Maps.Other, "--username", "other");

        Assert.Equal($"{Ann}\n", list.Output);
        Assert.StartsWith("warning: mapRoles line 2, column 16: ", list.Error, StringComparison.Ordinal);
        Assert.Contains("the authenticator drops all of mapRoles", list.Error, StringComparison.Ordinal);
        Assert.Equal(6, role.ExitCode);
        Assert.Contains("error: mapRoles:2:16: mapRoles cannot be read", role.Error, StringComparison.Ordinal);
        Assert.Contains("hint: ", role.Error, StringComparison.Ordinal);
        Assert.Equal("GET GET", Asked);

        (await ThroughProxyAsync("create", "--arn", $"arn:aws:iam::{Maps.Account}:user/bob", "--username", "bob")).Succeeded();

        Assert.Equal(Broken, await Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.Equal(
            $"- userarn: {Ann}\n  username: ann\n- userarn: arn:aws:iam::{Maps.Account}:user/bob\n  username: bob\n",
            await Server.AwsAuth.GetTextAsync("mapUsers"));
    }

    [Fact]
    public async Task Control_characters_of_a_map_do_not_reach_the_terminal()
    {
        await Server.AwsAuth.PutAsync(mapRoles: $"- rolearn: {Maps.Dev}\n  username: \"\\e]0;gotcha\\a\"\n");

        var result = (await RunAsync("get")).Succeeded();

        Assert.Contains(Maps.Dev, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output);
        Assert.DoesNotContain('\a', result.Output);
    }

    [Fact]
    public async Task A_map_as_large_as_a_ConfigMap_can_be_is_read_and_changed()
    {
        const int LargestData = 1 << 20;
        var text = new StringBuilder();
        var count = 0;
        while (text.Length < LargestData - 4096)
        {
            text.Append(Maps.Role($"arn:aws:iam::{Maps.Account}:role/team-{count}", $"user-{count}"));
            count++;
        }

        await Server.AwsAuth.PutAsync(mapRoles: text.ToString());

        (await RunAsync("create", Maps.CreateDev)).Succeeded();
        var list = (await RunAsync("get", "-o", "json")).Succeeded();

        Assert.Equal(text + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.Equal(count + 1, JsonNode.Parse(list.Output)!.AsArray().Count);
    }

    [Fact]
    public async Task A_map_that_would_grow_larger_than_the_server_takes_is_refused_by_it()
    {
        var full = $"{Maps.Nodes}# {new string('x', (1 << 20) - Maps.Nodes.Length - 4)}\n";
        await Server.AwsAuth.PutAsync(mapRoles: full);

        var result = await RunAsync("create", Maps.CreateDev);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Too long", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(full, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }
}
