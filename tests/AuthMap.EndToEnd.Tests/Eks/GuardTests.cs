namespace AuthMap.EndToEnd;

/// <summary>Nobody locks out nodes or themselves by an accident.</summary>
public sealed class GuardTests(EksCluster cluster) : EksProgramTest(cluster)
{
    private const string NodeRole = $"arn:aws:iam::{Maps.Account}:role/eksctl-eksworkshop-nodegroup-NodeInstanceRole-14TKBWBD7KWFH";

    private static readonly string Mine = $"""
        - rolearn: {Maps.Dev}
          username: dev-user
          groups: [{EksCluster.EditorGroup}]

        """;

    private Principal dev = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        dev = Cluster.Iam.AddSession(Maps.Dev, "bob");
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes + Mine);
    }

    [Fact]
    public async Task Deleting_the_mapping_of_nodes_is_refused_until_it_is_forced()
    {
        var refused = await RunAsync(dev, "delete", "--arn", NodeRole);

        Assert.Equal(6, refused.ExitCode);
        Contains("error: eksworkshop (eu-west-1): this would lock people out\n", refused.Error);
        Contains($"  nodes of the role {NodeRole} could no longer join the cluster or stay in it\n", refused.Error);
        Assert.Equal(Maps.Nodes + Mine, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));

        (await RunAsync(dev, "delete", "--arn", NodeRole, "--force")).Succeeded();
        Assert.Equal(Mine, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Deleting_ones_own_mapping_is_refused_until_it_is_forced()
    {
        var refused = await RunAsync(dev, "delete", "--arn", Maps.Dev);

        Assert.Equal(6, refused.ExitCode);
        Contains($"  you ({dev.Arn}) could no longer enter\n", refused.Error);
        Contains("hint: --force makes the change all the same; with --confirm-within 2m it is undone unless you confirm it\n", refused.Error);
        Assert.Equal(Maps.Nodes + Mine, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));

        var forced = (await RunAsync(dev, "delete", "--arn", Maps.Dev, "--force")).Succeeded();
        Contains($"you ({dev.Arn}) could no longer enter\n", forced.Error);
        Assert.Equal(Maps.Nodes, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Somebody_else_may_delete_that_mapping() =>
        (await RunAsync(Cluster.Creator, "delete", "--arn", Maps.Dev)).Succeeded();
}
