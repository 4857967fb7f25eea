namespace AuthMap.EndToEnd;

/// <summary>A cluster without aws-auth: one that nobody has mapped anything on.</summary>
public sealed class AbsentMapTests(ApiServer server) : ProgramTest(server)
{
    [Theory]
    [InlineData("table", "No iamidentitymappings found\n")]
    [InlineData("json", "[]\n")]
    [InlineData("yaml", "[]\n")]
    [InlineData("name", "")]
    public async Task Listing_is_empty(string format, string expected)
    {
        var result = await RunAsync("get", "-o", format);

        Assert.Equal(new ProcessResult(0, expected, "note: editor has no aws-auth ConfigMap\n"), result);
        Assert.Null(await Server.AwsAuth.GetAsync());
    }

    [Fact]
    public async Task A_filter_finds_nothing() =>
        Assert.Equal(4, (await RunAsync("get", "--arn", Maps.Dev)).ExitCode);

    [Fact]
    public async Task The_first_create_makes_it()
    {
        var result = (await RunAsync("create", Maps.CreateDev)).Succeeded();

        Assert.EndsWith("editor: 1 added\n", result.Error, StringComparison.Ordinal);
        var map = (await Server.AwsAuth.GetAsync())!;
        Assert.Equal(Maps.DevEntry, Assert.Single(map["data"]!.AsObject()).Value!.GetValue<string>());
        Assert.Equal(["authmap/history", "authmap/writes"], map["metadata"]!["annotations"]!.AsObject().Select(pair => pair.Key).Order());
    }

    [Fact]
    public async Task A_dry_run_makes_nothing()
    {
        var result = await RunAsync("create", [.. Maps.CreateDev, "--dry-run", "--exit-code"]);

        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"+- rolearn: {Maps.Dev}\n", result.Output, StringComparison.Ordinal);
        Assert.Null(await Server.AwsAuth.GetAsync());
    }

    [Fact]
    public async Task There_is_nothing_to_delete()
    {
        var result = await RunAsync("delete", "--arn", Maps.Dev);

        Assert.Equal(4, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(Maps.Dev, result.Error, StringComparison.Ordinal);
        Assert.Null(await Server.AwsAuth.GetAsync());
    }

    [Fact]
    public async Task Deleting_nothing_is_fine_when_asked_for() =>
        (await RunAsync("delete", "--arn", Maps.Dev, "--ignore-not-found")).Succeeded();

    [Fact]
    public async Task A_map_without_data_is_as_good_as_none()
    {
        await Server.AwsAuth.PutAsync();

        Assert.Equal("[]\n", (await RunAsync("get", "-o", "json")).Succeeded().Output);
        (await RunAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal(Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }
}
