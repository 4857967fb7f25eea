using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>What the program asks the server, and that it asks nothing else.</summary>
public sealed class RequestTests(ApiServer server) : ProxiedTest(server)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes, mapUsers: "[]\n", mapAccounts: "[]\n");
    }

    [Fact]
    public async Task Listing_is_one_get()
    {
        (await ThroughProxyAsync("get")).Succeeded();

        var request = Assert.Single(Proxy.Requests);
        Assert.Equal($"GET {AwsAuthConfigMap.Path}", request.ToString());
        Assert.Equal(await UserAgentAsync(), request.UserAgent);
    }

    [Fact]
    public async Task A_change_is_one_get_and_one_conditional_patch()
    {
        var version = (await Server.AwsAuth.GetAsync())!["metadata"]!["resourceVersion"]!.GetValue<string>();

        (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal(
            [$"GET {AwsAuthConfigMap.Path}", $"PATCH {AwsAuthConfigMap.Path}?fieldManager=authmap"],
            Proxy.Requests.Select(request => request.ToString()));
        var patch = Proxy.Requests[1];
        Assert.Equal("application/strategic-merge-patch+json", patch.ContentType!.Split(';')[0]);
        Assert.Equal(await UserAgentAsync(), patch.UserAgent);

        var body = JsonNode.Parse(patch.Body)!.AsObject();
        Assert.Equal(["data", "metadata"], body.Select(pair => pair.Key).Order());
        var data = Assert.Single(body["data"]!.AsObject());
        Assert.Equal("mapRoles", data.Key);
        Assert.Equal(Maps.Nodes + Maps.DevEntry, data.Value!.GetValue<string>());
        var metadata = body["metadata"]!.AsObject();
        Assert.Equal(["annotations", "resourceVersion"], metadata.Select(pair => pair.Key).Order());
        Assert.Equal(version, metadata["resourceVersion"]!.GetValue<string>());
        Assert.Equal(["authmap/history", "authmap/writes"], metadata["annotations"]!.AsObject().Select(pair => pair.Key).Order());
    }

    [Fact]
    public async Task A_removal_asks_besides_who_makes_it()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.DevEntry);

        (await ThroughProxyAsync("delete", "--arn", Maps.Dev)).Succeeded();

        Assert.Equal("GET POST PATCH", Asked);
        Assert.Equal("[]\n", await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task The_first_mapping_of_a_cluster_is_one_get_and_one_post()
    {
        await Server.ResetAsync();

        (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal(
            [$"GET {AwsAuthConfigMap.Path}", $"POST {AwsAuthConfigMap.Collection}?fieldManager=authmap"],
            Proxy.Requests.Select(request => request.ToString()));
        Assert.Equal(Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Creating_what_exists_writes_nothing()
    {
        var before = await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes + Maps.DevEntry);

        var result = (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal("GET", Asked);
        Assert.EndsWith("editor: nothing to do\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(before.ToJsonString(), (await Server.AwsAuth.GetAsync())!.ToJsonString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3, "--exit-code")]
    public async Task A_dry_run_is_one_get_and_shows_the_difference(int exitCode, params string[] more)
    {
        var before = (await Server.AwsAuth.GetAsync())!;

        var result = await ThroughProxyAsync("create", [.. Maps.CreateDev, "--dry-run", .. more]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith(
            $"--- kube-system/aws-auth  resourceVersion {before["metadata"]!["resourceVersion"]}\n+++ kube-system/aws-auth  planned\n",
            result.Output,
            StringComparison.Ordinal);
        Assert.Contains($"\n+- rolearn: {Maps.Dev}\n+  username: dev-user\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("dry run: nothing was written\n", result.Error);
        Assert.Equal("GET", Asked);
        Assert.Equal(before.ToJsonString(), (await Server.AwsAuth.GetAsync())!.ToJsonString());
    }

    [Fact]
    public async Task A_command_line_that_cannot_be_right_asks_nothing()
    {
        var result = await ThroughProxyAsync("create", "--arn", "arn:aws:iam:::role/k8sDev", "--username", "dev-user");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("has no account id", result.Error, StringComparison.Ordinal);
        Assert.Empty(Proxy.Requests);
    }
}
