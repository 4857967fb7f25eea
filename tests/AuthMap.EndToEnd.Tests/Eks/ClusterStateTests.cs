using System.Net;
using System.Net.Sockets;

namespace AuthMap.EndToEnd;

/// <summary>Clusters that are in another state or mode than one would like.</summary>
public sealed class ClusterStateTests(EksCluster cluster) : EksProgramTest(cluster)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        ActAs(Cluster.Creator);
    }

    [Fact]
    public async Task In_mode_API_a_change_is_refused_unless_it_is_forced()
    {
        Cluster.Eks.Put(Cluster.State with { AuthenticationMode = "API" });

        var refused = await RunAsync("create", Maps.CreateDev);
        Assert.Equal(6, refused.ExitCode);
        Contains("authentication mode is API", refused.Error);
        Contains("--force", refused.Error);
        Assert.Equal(Maps.Nodes, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));

        var listed = (await RunAsync("get")).Succeeded();
        Contains("API", listed.Error);

        var forced = (await RunAsync("create", [.. Maps.CreateDev, "--force"])).Succeeded();
        Contains("authentication mode is API", forced.Error);
        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("create", "--arn", Maps.Dev, "--username", "dev-user")]
    public async Task Mode_API_AND_CONFIG_MAP_is_mentioned_once(string verb, params string[] arguments)
    {
        Cluster.Eks.Put(Cluster.State with { AuthenticationMode = "API_AND_CONFIG_MAP" });

        var result = (await RunAsync(verb, arguments)).Succeeded();

        Assert.Single(result.Error.Split('\n'), line => line.Contains("access entr", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CONFIG_MAP")]
    [InlineData(null)]
    public async Task Of_the_mode_that_is_nothing_special_nothing_is_said(string? mode)
    {
        Cluster.Eks.Put(Cluster.State with { AuthenticationMode = mode });

        Assert.Equal("", (await RunAsync("get")).Succeeded().Error);
    }

    [Theory]
    [InlineData("CREATING", "is still being created")]
    [InlineData("DELETING", "is being deleted")]
    [InlineData("FAILED", "could not be created")]
    public async Task A_cluster_that_is_not_up_is_explained(string status, string explanation)
    {
        Cluster.Eks.Put(Cluster.State with { Status = status, Endpoint = null });

        var result = await RunAsync("get");

        Assert.Equal(1, result.ExitCode);
        Contains($"error: eksworkshop (eu-west-1) {explanation}", result.Error);
        Contains(status, result.Error);
    }

    [Fact]
    public async Task A_cluster_in_an_update_is_entered_as_ever()
    {
        Cluster.Eks.Put(Cluster.State with { Status = "UPDATING" });

        Assert.Equal("", (await RunAsync("get")).Succeeded().Error);
    }

    [Fact]
    public async Task A_private_endpoint_that_does_not_answer_is_said_to_be_private()
    {
        // Takes connections, as a network that drops packets would not, and never says a word.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Cluster.Eks.Put(Cluster.State with
        {
            Endpoint = new($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"),
            EndpointPublicAccess = false,
        });

        var result = await RunAsync("get", "--timeout", "2s");

        Assert.Equal(8, result.ExitCode);
        Contains("its endpoint is private", result.Error);
        Contains("VPC", result.Error);
    }
}
