using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>Revisions travel with the object itself.</summary>
public sealed class HistoryTests(ApiServer server) : ProgramTest(server)
{
    private string kubeconfig = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        kubeconfig = await Server.WriteKubeconfigAsync(Server.Editor);
    }

    [Fact]
    public async Task A_rollback_restores_the_bytes_and_the_next_one_undoes_it()
    {
        var before = "# ours\n" + Maps.Nodes;
        await Server.AwsAuth.PutAsync(mapRoles: before);
        (await RunAsync("create", Maps.CreateDev)).Succeeded();
        var after = await Server.AwsAuth.GetTextAsync("mapRoles");

        (await VerbAsync("rollback")).Succeeded();
        Assert.Equal(before, await Server.AwsAuth.GetTextAsync("mapRoles"));

        (await VerbAsync("rollback")).Succeeded();
        Assert.Equal(after, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_key_that_was_absent_is_taken_away_again()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        (await RunAsync("create", "--account", "444455556666")).Succeeded();
        Assert.NotNull(await Server.AwsAuth.GetTextAsync("mapAccounts"));

        (await VerbAsync("rollback")).Succeeded();

        Assert.Null(await Server.AwsAuth.GetTextAsync("mapAccounts"));
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task What_kubectl_broke_goes_back_to_what_was_written_last()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        (await RunAsync("create", Maps.CreateDev)).Succeeded();
        var good = await Server.AwsAuth.GetTextAsync("mapRoles");
        (await Server.KubectlAsync(
            "patch", "configmap", "aws-auth", "--namespace", "kube-system", "--patch", """{"data": {"mapRoles": "- rolearn: {{broken"}}""")).Succeeded();

        var history = (await VerbAsync("history", "--output", "json")).Succeeded();
        var result = (await VerbAsync("rollback")).Succeeded();

        Assert.Equal("changed without history: outside authmap, or with --no-history", JsonNode.Parse(history.Output)!.AsArray()[^1]!["change"]!.GetValue<string>());
        Assert.Contains("note: the map was changed without history since the last recorded change: outside authmap, or with --no-history\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(good, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Annotations_of_others_leave_room_or_the_history_yields()
    {
        await Server.AwsAuth.PutAsync(new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["annotations"] = new JsonObject { ["example.com/padding"] = new string('x', (256 * 1024) - 300) },
            },
            ["data"] = new JsonObject { ["mapRoles"] = Maps.Nodes },
        });

        var result = (await RunAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Contains("warning: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Without_history_only_the_write_is_marked()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        (await RunAsync("create", [.. Maps.CreateDev, "--no-history"])).Succeeded();

        Assert.Equal(4, (await VerbAsync("rollback")).ExitCode);
    }

    private Task<ProcessResult> VerbAsync(string verb, params string[] arguments) =>
        Program.RunAsync([verb, "--kubeconfig", kubeconfig, "--context", "editor", .. arguments]);
}
