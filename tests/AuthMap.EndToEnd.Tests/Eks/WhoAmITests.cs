using System.Text;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>As whom one enters: the map's word beside the server's.</summary>
public sealed class WhoAmITests(EksCluster cluster) : EksProgramTest(cluster)
{
    private static readonly string Mine = $$$"""
        - rolearn: {{{Maps.Dev}}}
          username: dev:{{SessionName}}:{{AccessKeyID}}
          groups: [{{{EksCluster.EditorGroup}}}]

        """;

    private FaultProxy proxy = null!;
    private Principal dev = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        proxy = await FaultProxy.StartAsync(Cluster.Server);
        dev = Cluster.Iam.AddSession(Maps.Dev, "bob@example.com");
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Mine);
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
    public async Task On_a_server_that_does_not_say_it_that_is_unknown()
    {
        var result = (await WhoAmIAsync(dev)).Succeeded();

        Assert.Equal($$$"""
            you are {{{dev.Arn}}}
            {{{Maps.Dev}}}
              enters as   dev:bob-example.com:{{AccessKeyID}}
              groups      {{{EksCluster.EditorGroup}}}
              because     mapRoles line 1
              note        {{AccessKeyID}} stays as it is written: what it stands for is not known here
              server      does not say who you are; it can from Kubernetes 1.28 on

            """, result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task A_newer_server_confirms_what_the_map_says()
    {
        ActAsNewer();

        var result = (await WhoAmIAsync(dev)).Succeeded();

        Contains($"  enters as   dev:bob-example.com:{dev.AccessKeyId}\n", result.Output);
        Assert.EndsWith("  server      says the same\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_enters_by_another_way_than_the_map_is_told_so()
    {
        ActAsNewer();

        var result = await WhoAmIAsync(Cluster.Creator);

        Assert.Equal(3, result.ExitCode);
        Contains("  denied      no entry matches\n", result.Output);
        Contains("  server      says otherwise: kubernetes-admin, groups system:masters, system:authenticated\n", result.Output);
        Contains("  perhaps     you created the cluster, which makes you its administrator without an entry\n", result.Output);
    }

    [Fact]
    public async Task An_access_entry_may_explain_a_difference()
    {
        ActAsNewer(user =>
        {
            user["username"] = "by-access-entry";
            return user;
        });
        Cluster.Eks.Put(Cluster.State with { Endpoint = proxy.Address, AuthenticationMode = "API_AND_CONFIG_MAP" });

        var result = await WhoAmIAsync(dev, "-o", "json");
        var told = JsonNode.Parse(result.Output)!;

        Assert.Equal(3, result.ExitCode);
        Assert.False((bool)told["agrees"]!);
        Assert.Equal("by-access-entry", (string?)told["server"]!["username"]);
        Assert.Equal($"dev:bob-example.com:{dev.AccessKeyId}", (string?)told["map"]!["outcomes"]![0]!["username"]);
        Contains("an access entry for the same principal wins over this map", result.Error);
    }

    [Fact]
    public async Task Whoever_does_not_enter_is_told_how_to_be_let_in()
    {
        var stranger = Cluster.Iam.AddSession(Maps.Other);

        var result = await WhoAmIAsync(stranger);

        Assert.Equal(7, result.ExitCode);
        Assert.Equal("", result.Output);
        Contains("error: eksworkshop does not know you: 401 from its API server\n", result.Error);
        Contains($"  you are {stranger.Arn}\n", result.Error);
    }

    [Fact]
    public async Task What_a_caller_may_do_comes_from_the_bindings_of_the_cluster()
    {
        ActAs(Cluster.Creator);

        var result = (await Program.RunAsync("resolve", "--cluster", EksCluster.Name, "--rbac", "--arn", dev.Arn)).Succeeded();

        Contains("  may         aws-auth-editor in kube-system (RoleBinding map-editors), by group map-editors\n", result.Output);
        Contains("system:discovery (ClusterRoleBinding system:discovery)", result.Output);
    }

    [Fact]
    public async Task Whoever_may_not_list_bindings_gets_the_rest_of_the_answer()
    {
        ActAs(dev);

        var result = (await Program.RunAsync("resolve", "--cluster", EksCluster.Name, "--rbac", "--arn", dev.Arn)).Succeeded();

        Contains("  enters as   dev:bob-example.com", result.Output);
        Contains("  note        there may be more: you may not list ClusterRoleBindings and RoleBindings\n", result.Output);
    }

    private Task<ProcessResult> WhoAmIAsync(Principal principal, params string[] arguments)
    {
        ActAs(principal);
        return Program.RunAsync(["whoami", "--cluster", EksCluster.Name, .. arguments]);
    }

    /// <summary>Answers as Kubernetes 1.28 does, from what this server makes of the same token.</summary>
    private void ActAsNewer(Func<JsonNode, JsonNode>? change = null)
    {
        Cluster.Eks.Put(Cluster.State with { Endpoint = proxy.Address });
        proxy.Next(
            request => request.Path == "/apis/authentication.k8s.io/v1/selfsubjectreviews" && request.Method == "POST",
            async exchange =>
            {
                var status = await Cluster.ReviewAsync(exchange.Request.Authorization!["Bearer ".Length..]);
                var user = status["user"]!.DeepClone();
                var answer = new JsonObject
                {
                    ["apiVersion"] = "authentication.k8s.io/v1",
                    ["kind"] = "SelfSubjectReview",
                    ["status"] = new JsonObject { ["userInfo"] = change is null ? user : change(user) },
                };
                await exchange.ReplyAsync(new(
                    201,
                    new Dictionary<string, string> { ["Content-Type"] = "application/json" },
                    Encoding.UTF8.GetBytes(answer.ToJsonString())));
            });
    }
}
