using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>Changes that are undone unless one can still enter.</summary>
public sealed class ConfirmWithinTests(EksCluster cluster) : EksProgramTest(cluster)
{
    private const string KubeSystem = "/api/v1/namespaces/kube-system";
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system";

    private static readonly string Before = Maps.Nodes + $"""
        # ours, and nobody else's
        - rolearn: {Maps.Dev}
          username: admin
          groups: [system:masters]

        """;

    private FaultProxy proxy = null!;
    private Func<JsonNode, JsonNode> told = user => user;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await RemoveWaysBackAsync();
        proxy = await FaultProxy.StartAsync(Cluster.Server);
        proxy.Always(
            request => request.Path == "/apis/authentication.k8s.io/v1/selfsubjectreviews" && request.Method == "POST", AnswerAsNewerAsync);
        Cluster.Eks.Put(Cluster.State with { Endpoint = proxy.Address });
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Before);
        ActAs(Cluster.Iam.AddSession(Maps.Dev, "bob"));
        Program.Environment["XDG_RUNTIME_DIR"] = Program.Home;
    }

    public override async ValueTask DisposeAsync()
    {
        if (proxy is not null)
        {
            await proxy.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Whoever_locks_himself_out_gets_in_again_and_the_writes_of_others_stay()
    {
        await using var running = Program.Start(LockOut("30s"));
        await running.WaitForErrorAsync("trying whether you still get in", Cancellation);
        Assert.DoesNotContain(Maps.Dev, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"), StringComparison.Ordinal);
        (await Cluster.Server.KubectlAsync(
            "patch", "configmap", "aws-auth", "--namespace", "kube-system", "--patch", """{"data": {"mapAccounts": "- \"444455556666\"\n"}}""")).Succeeded();

        var result = await running.WaitAsync(cancellation: Cancellation);

        Assert.Equal(6, result.ExitCode);
        Contains("error: eksworkshop (eu-west-1): the change was undone: you could no longer enter (401)\n", result.Error);
        Assert.Equal(Before, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.Equal("- \"444455556666\"\n", await Cluster.Server.AwsAuth.GetTextAsync("mapAccounts"));
        await AssertNothingIsLeftAsync();
        Contains("undone: not confirmed", (await Program.RunAsync("history", "--cluster", EksCluster.Name)).Succeeded().Output);
    }

    [Fact]
    public async Task Whoever_enters_with_fewer_groups_than_planned_gets_them_back()
    {
        await using var running = Program.Start(Command("create", [.. CreateOther, "--confirm-within", "30s"]));
        await running.WaitForErrorAsync("trying whether you still get in", Cancellation);
        told = user =>
        {
            user["groups"] = new JsonArray("system:authenticated");
            return user;
        };

        var result = await running.WaitAsync(cancellation: Cancellation);

        await AssertAsBeforeAsync(result, "the change was undone: you would be admin (groups system:authenticated)\n");
    }

    [Fact]
    public async Task A_good_change_stays_and_what_was_made_for_it_goes()
    {
        var result = (await RunAsync("create", [.. CreateOther, "--confirm-within", "10s"])).Succeeded();

        Contains("eksworkshop (eu-west-1): confirmed\n", result.Error);
        Assert.Equal(Before + Maps.Role(Maps.Other, "other"), await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        await AssertNothingIsLeftAsync();
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Each_try_is_made_with_another_token()
    {
        (await RunAsync("create", [.. CreateOther, "--confirm-within", "10s"])).Succeeded();

        var tokens = proxy.Requests.Where(request => request.Path.EndsWith("/selfsubjectreviews", StringComparison.Ordinal))
            .Select(request => request.Authorization).ToList();
        Assert.True(tokens.Count > 2);
        Assert.Equal(tokens.Count, tokens.Distinct().Count());
        Assert.DoesNotContain(proxy.Requests.First(request => request.Path == AwsAuthConfigMap.Path).Authorization, tokens);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Told_to_stop_it_puts_the_map_back_first(string signal)
    {
        await using var running = Program.Start(Command("create", [.. CreateOther, "--confirm-within", "1m"]));
        await running.WaitForErrorAsync("trying whether you still get in", Cancellation);

        await running.SignalAsync(signal);
        var result = await running.WaitAsync(cancellation: Cancellation);

        Assert.Equal(130, result.ExitCode);
        Contains("interrupted: the change to eksworkshop (eu-west-1) was undone\n", result.Error);
        Assert.Equal(Before, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Killed_it_leaves_a_way_back_that_a_person_can_go_and_the_next_run_clears_away()
    {
        await using (var running = Program.Start(LockOut("1m")))
        {
            await running.WaitForErrorAsync("trying whether you still get in", Cancellation);
            await running.SignalAsync("KILL");
            var killed = await running.WaitAsync(cancellation: Cancellation);
            var command = killed.Error.Split('\n').Single(line => line.Contains("--kubeconfig", StringComparison.Ordinal)).Trim();
            await NextSecondAsync();
            Assert.Equal(7, (await RunAsync("get")).ExitCode);

            await using var shell = RunningProcess.Start(new ProcessStartInfo("sh", ["-c", command]));
            (await shell.WaitAsync(cancellation: Cancellation)).Succeeded();
        }

        Assert.Equal(Before, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        var left = Assert.Single(await WaysBackAsync("serviceaccounts"));

        // While its time is not over, it may be somebody's who still waits.
        await NextSecondAsync();
        (await RunAsync("create", [.. CreateOther, "--confirm-within", "10s"])).Succeeded();
        Assert.Equal([left], await WaysBackAsync("serviceaccounts"));

        foreach (var collection in Collections)
        {
            using var content = new StringContent(
                """{"metadata": {"annotations": {"authmap/expires": "2020-01-01T00:00:00Z"}}}""", Encoding.UTF8, "application/merge-patch+json");
            (await Cluster.Server.AdminClient.PatchAsync($"{PathOf(collection)}/{left}", content, Cancellation)).EnsureSuccessStatusCode();
        }

        (await RunAsync("delete", "--arn", Maps.Other, "--confirm-within", "10s")).Succeeded();
        Assert.Empty(await WaysBackAsync("serviceaccounts"));
        Assert.Empty(await WaysBackAsync("rolebindings"));
        Assert.Empty(await WaysBackAsync("roles"));
    }

    [Fact]
    public async Task The_way_back_leads_to_aws_auth_and_nowhere_else()
    {
        await using var running = Program.Start(LockOut("1m"));
        await running.WaitForErrorAsync("trying whether you still get in", Cancellation);
        var kubeconfig = Assert.Single(Directory.GetFiles(Program.Home, "*.kubeconfig", SearchOption.AllDirectories));
        var account = $"system:serviceaccount:kube-system:{Assert.Single(await WaysBackAsync("serviceaccounts"))}";

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kubeconfig));
        }

        Assert.Equal("yes\n", await MayAsync("patch", "configmap/aws-auth"));
        Assert.Equal("no\n", await MayAsync("patch", "configmap/other"));
        Assert.Equal("no\n", await MayAsync("get", "secrets"));
        Assert.Equal("no\n", await MayAsync("delete", "configmap/aws-auth"));

        async Task<string> MayAsync(string verb, string what) =>
            (await Cluster.Server.KubectlAsync("auth", "can-i", verb, what, "--namespace", "kube-system", "--as", account)).Output;
    }

    [Fact]
    public async Task Who_may_not_make_a_way_back_writes_nothing()
    {
        var before = Before.Replace("system:masters", EksCluster.EditorGroup, StringComparison.Ordinal);
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: before);

        var result = await RunAsync("create", [.. CreateOther, "--confirm-within", "10s"]);

        Assert.Equal(6, result.ExitCode);
        Contains(
            "error: no way back can be made, so nothing was written: eksworkshop (eu-west-1) does not let you create serviceaccounts in kube-system\n",
            result.Error);
        Contains("hint: it takes create and delete on serviceaccounts, roles and rolebindings", result.Error);
        Assert.Equal(before, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task What_was_made_is_removed_when_the_way_back_cannot_be_finished()
    {
        proxy.Next(
            request => request.Path.EndsWith("/token", StringComparison.Ordinal),
            Faults.Reply(Answer.Error(HttpStatusCode.Forbidden, "Forbidden", "no tokens for you")));

        var result = await RunAsync("create", [.. CreateOther, "--confirm-within", "10s"]);

        await AssertAsBeforeAsync(result, "  no tokens for you\n");
    }

    [Fact]
    public async Task A_server_that_cannot_say_who_one_is_is_no_place_for_it()
    {
        Cluster.Eks.Put(Cluster.State);

        var result = await RunAsync("create", [.. CreateOther, "--confirm-within", "10s"]);

        Assert.Equal(6, result.ExitCode);
        Contains("cannot say as whom you enter; Kubernetes can from 1.28 on; nothing was written\n", result.Error);
        Contains("hint: leave --confirm-within out, or upgrade to Kubernetes 1.28\n", result.Error);
        Assert.Equal(Before, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task An_undo_outlasts_faults_of_the_network()
    {
        await using var running = Program.Start(LockOut("30s"));
        await running.WaitForErrorAsync("trying whether you still get in", Cancellation);
        proxy.Next(request => request.Path == AwsAuthConfigMap.Path, Faults.HangUp);
        proxy.Next(request => request.Path == AwsAuthConfigMap.Path, Faults.Unavailable);
        proxy.Next(HttpMethod.Patch, Faults.SwallowAnswer);

        var result = await running.WaitAsync(cancellation: Cancellation);

        Assert.Equal(6, result.ExitCode);
        Assert.Equal(Before, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_write_that_was_lost_with_the_connection_is_undone_when_that_is_back()
    {
        var isDown = false;
        proxy.Next(IsOurWrite, async exchange =>
        {
            Volatile.Write(ref isDown, true);
            await Faults.SwallowAnswer(exchange);
        });
        proxy.Always(_ => Volatile.Read(ref isDown), Faults.HangUp);
        await using var running = Program.Start([.. LockOut("30s"), "--timeout", "3s"]);
        await running.WaitForErrorAsync("the answer to the write was lost; asking eksworkshop (eu-west-1) what became of it", Cancellation);
        Assert.DoesNotContain(Maps.Dev, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"), StringComparison.Ordinal);

        Volatile.Write(ref isDown, false);
        var result = await running.WaitAsync(cancellation: Cancellation);

        await AssertAsBeforeAsync(result, "error: eksworkshop (eu-west-1): the change was undone: ");
    }

    [Fact]
    public async Task A_write_that_arrives_when_nobody_waits_any_more_is_refused()
    {
        TaskCompletionSource late = new();
        TaskCompletionSource<int> answered = new();
        proxy.Next(IsOurWrite, async exchange =>
        {
            exchange.HangUp();
            await late.Task;
            answered.SetResult((await exchange.ForwardAsync()).Status);
        });
        proxy.Always(IsOurWrite, Faults.HangUp);

        var result = await Program.RunAsync([.. LockOut("30s"), "--timeout", "3s"]);
        late.SetResult();

        Assert.Equal(8, result.ExitCode);
        Contains("; the change was not written, and cannot be any more\n", result.Error);
        await AssertNothingIsLeftAsync();
        Assert.Equal(409, await answered.Task.WaitAsync(Cancellation));
        Assert.Equal(Before, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        await NextSecondAsync();
        Assert.DoesNotContain("changed outside", (await Program.RunAsync("history", "--cluster", EksCluster.Name)).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_that_locks_out_is_applied_and_undone()
    {
        var wanted = WriteFile("wanted.yaml", Maps.Role(Maps.Other, "other"));

        var result = await Program.RunAsync(
            "apply", "-f", wanted, "--prune", "--force", "--cluster", EksCluster.Name, "--confirm-within", "30s");

        await AssertAsBeforeAsync(result, "the change was undone: you could no longer enter (401)\n");
    }

    [Fact]
    public async Task A_rollback_that_is_stopped_is_undone_and_its_plan_was_to_be_read_before()
    {
        (await RunAsync("create", CreateOther)).Succeeded();
        await NextSecondAsync();
        await using var running = Program.Start(["rollback", "--cluster", EksCluster.Name, "--confirm-within", "1m", "-o", "json"]);

        await running.WaitForOutputAsync("\"removed\"", Cancellation);
        await running.WaitForErrorAsync("trying whether you still get in", Cancellation);
        Assert.Equal(Before, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        await running.SignalAsync("INT");
        var result = await running.WaitAsync(cancellation: Cancellation);

        Assert.Equal(130, result.ExitCode);
        Assert.Equal(Before + Maps.Role(Maps.Other, "other"), await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Where_nothing_is_to_be_done_nothing_is_made()
    {
        (await RunAsync("create", [.. CreateOther, "--confirm-within", "10s", "--dry-run"])).Succeeded();
        (await RunAsync("create", "--arn", Maps.Dev, "--group", "system:masters", "--confirm-within", "10s")).Succeeded();

        Assert.DoesNotContain(
            proxy.Requests, request => request.Method is "POST" or "PATCH" && !request.Path.EndsWith("/selfsubjectreviews", StringComparison.Ordinal));
    }

    private static string[] CreateOther { get; } = ["--arn", Maps.Other, "--username", "other"];

    private static string[] Collections { get; } = ["serviceaccounts", "rolebindings", "roles"];

    private static string[] LockOut(string window) => Command("delete", "--arn", Maps.Dev, "--force", "--confirm-within", window);

    // The way back writes with a token of the cluster's own.
    private static bool IsOurWrite(RecordedRequest request) => request is { Method: "PATCH", Path: AwsAuthConfigMap.Path }
        && request.Authorization!.StartsWith("Bearer k8s-aws-v1.", StringComparison.Ordinal);

    private static string PathOf(string collection) => collection == "serviceaccounts" ? $"{KubeSystem}/{collection}" : $"{Rbac}/{collection}";

    private async Task<string[]> WaysBackAsync(string collection) =>
        [.. JsonNode.Parse(await Cluster.Server.AdminClient.GetStringAsync(PathOf(collection), Cancellation))!["items"]!.AsArray()
            .Select(item => (string)item!["metadata"]!["name"]!)
            .Where(name => name.StartsWith("authmap-way-back-", StringComparison.Ordinal))];

    private async Task RemoveWaysBackAsync()
    {
        foreach (var collection in Collections)
        {
            foreach (var name in await WaysBackAsync(collection))
            {
                (await Cluster.Server.AdminClient.DeleteAsync($"{PathOf(collection)}/{name}", Cancellation)).EnsureSuccessStatusCode();
            }
        }
    }

    private async Task AssertAsBeforeAsync(ProcessResult result, string why)
    {
        Assert.Equal(6, result.ExitCode);
        Contains(why, result.Error);
        Assert.Equal(Before, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        await AssertNothingIsLeftAsync();
    }

    private async Task AssertNothingIsLeftAsync()
    {
        foreach (var collection in Collections)
        {
            Assert.Empty(await WaysBackAsync(collection));
        }

        Assert.Empty(Directory.GetFiles(Program.Home, "authmap-way-back-*", SearchOption.AllDirectories));
    }

    /// <summary>Answers as Kubernetes 1.28 does, from what this server makes of the same token.</summary>
    private async Task AnswerAsNewerAsync(Exchange exchange)
    {
        var status = await Cluster.ReviewAsync(exchange.Request.Authorization!["Bearer ".Length..]);
        if (status["user"]?["username"] is null)
        {
            await exchange.ReplyAsync(Answer.Error(HttpStatusCode.Unauthorized, "Unauthorized", "Unauthorized"));
            return;
        }

        var answer = new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "SelfSubjectReview",
            ["status"] = new JsonObject { ["userInfo"] = told(status["user"]!.DeepClone()) },
        };
        await exchange.ReplyAsync(new(
            201, new Dictionary<string, string> { ["Content-Type"] = "application/json" }, Encoding.UTF8.GetBytes(answer.ToJsonString())));
    }
}
