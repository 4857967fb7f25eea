using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>What was kept before a write puts the map back, byte for byte, with authmap and with kubectl.</summary>
public sealed class BackupTests(ApiServer server) : ProgramTest(server)
{
    private const string Roles = "\n# ours: \"quoted\" é \t\n" + Maps.Nodes + "# the end, without a line feed";
    private const string Users = "[]   # none\r\n";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Server.AwsAuth.PutAsync(new JsonObject
        {
            ["data"] = new JsonObject { ["mapRoles"] = Roles, ["mapUsers"] = Users, ["notes"] = "of another program\n" },
        });
    }

    [Fact]
    public async Task A_backup_is_what_get_prints_and_only_its_user_can_read_it()
    {
        var before = (await RunAsync("get", "-o", "manifest")).Succeeded();

        var path = await ChangeAsync();

        Assert.Equal(before.Output, await File.ReadAllTextAsync(path, Cancellation));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task Applying_it_puts_the_texts_back_and_the_history_goes_on()
    {
        var path = await ChangeAsync();

        (await RunAsync("apply", "-f", path, "--replace")).Succeeded();

        await AssertRestoredAsync();
        var history = (await RunAsync("history", "-o", "json")).Succeeded();
        Assert.Equal(3, JsonNode.Parse(history.Output)!.AsArray().Count);
    }

    [Theory]
    [InlineData("apply")]
    [InlineData("replace")]
    public async Task Kubectl_puts_the_texts_back(string verb)
    {
        var path = await ChangeAsync();

        (await Server.KubectlAsync(verb, "-f", path)).Succeeded();

        await AssertRestoredAsync();
    }

    [Fact]
    public async Task A_key_that_it_has_not_stays_when_it_is_applied_and_goes_when_it_is_replaced()
    {
        var path = await ChangeAsync("--account", "444455556666");

        (await RunAsync("apply", "-f", path, "--replace")).Succeeded();
        Assert.NotNull(await Server.AwsAuth.GetTextAsync("mapAccounts"));

        (await Server.KubectlAsync("replace", "-f", path)).Succeeded();
        Assert.Null(await Server.AwsAuth.GetTextAsync("mapAccounts"));
        await AssertRestoredAsync();
    }

    [Fact]
    public async Task A_map_that_was_deleted_comes_back()
    {
        var path = await ChangeAsync();
        await Server.ResetAsync();

        (await RunAsync("apply", "-f", path, "--replace")).Succeeded();

        Assert.Equal(Roles, await Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.Equal(Users, await Server.AwsAuth.GetTextAsync("mapUsers"));
    }

    // Makes a change and returns what was kept for it.
    private async Task<string> ChangeAsync(params string[] what)
    {
        (await RunAsync("create", what.Length > 0 ? what : Maps.CreateDev)).Succeeded();
        var folder = Path.Combine(Program.Home, ".local", "state", "authmap", "backups");
        return Assert.Single(Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories));
    }

    private async Task AssertRestoredAsync()
    {
        Assert.Equal(Roles, await Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.Equal(Users, await Server.AwsAuth.GetTextAsync("mapUsers"));
        Assert.Equal("of another program\n", await Server.AwsAuth.GetTextAsync("notes"));
    }
}
