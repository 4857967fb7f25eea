namespace AuthMap.EndToEnd;

/// <summary>Who is mapped enters, and who is not does not: with AWS credentials alone, from an empty cluster on.</summary>
public sealed class EntranceTests(EksCluster cluster) : EksProgramTest(cluster)
{
    [Fact]
    public async Task A_role_enters_from_when_it_is_mapped_until_it_is_deleted()
    {
        var dev = Cluster.Iam.AddSession("arn:aws:iam::111122223333:role/team/k8sDev", "bob@example.com");
        await RefusedAsync(dev);

        var create = await RunAsync(
            Cluster.Creator, "create", "--arn", Maps.Dev, "--username", "dev-user", "--group", EksCluster.EditorGroup);
        create.Succeeded();
        Assert.Equal("", create.Output);
        Contains($"+ role  {Maps.Dev}  →  dev-user", create.Error);
        Contains("eksworkshop (eu-west-1): 1 added\n", create.Error);

        await NextSecondAsync();
        var get = (await RunAsync(dev, "get")).Succeeded();
        Contains($"{Maps.Dev}  dev-user  {EksCluster.EditorGroup}", get.Output);
        Assert.Equal("", get.Error);

        // It may write too, as its group is bound to a role that lets it.
        (await RunAsync("create", "--arn", Maps.Other, "--username", "other")).Succeeded();

        (await RunAsync(Cluster.Creator, "delete", "--arn", Maps.Dev)).Succeeded();
        await NextSecondAsync();
        await RefusedAsync(dev);
        Assert.Equal(Maps.Role(Maps.Other, "other"), await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_user_enters_by_its_own_ARN()
    {
        var alice = Cluster.Iam.AddUser($"arn:aws:iam::{Maps.Account}:user/team/alice");

        (await RunAsync(Cluster.Creator, "create", "--arn", alice.Arn, "--username", "alice", "--group", EksCluster.EditorGroup)).Succeeded();

        Contains(alice.Arn, (await RunAsync(alice, "get")).Succeeded().Output);
    }

    [Fact]
    public async Task Who_is_let_in_without_rights_is_told_which_are_missing()
    {
        var dev = Cluster.Iam.AddSession(Maps.Dev);
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Maps.DevEntry);

        var result = await RunAsync(dev, "get");

        Assert.Equal(7, result.ExitCode);
        Contains("User \"dev-user\" cannot get resource \"configmaps\"", result.Error);
        Contains(dev.Arn, result.Error);
    }

    [Fact]
    public async Task AUTHMAP_CLUSTER_names_the_cluster_too()
    {
        ActAs(Cluster.Creator);
        Program.Environment["AUTHMAP_CLUSTER"] = EksCluster.Name;

        var result = (await Program.RunAsync("create", "iamidentitymapping", "--arn", Maps.Dev, "--username", "dev-user")).Succeeded();

        Assert.StartsWith("using cluster eksworkshop (eu-west-1) from AUTHMAP_CLUSTER\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(Maps.DevEntry, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_local_cluster_on_an_Outpost_is_entered_by_its_id()
    {
        const string Id = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
        Cluster.Webhook.ClusterId = Id;
        Cluster.Eks.Put(Cluster.State with { Id = Id });

        (await RunAsync(Cluster.Creator, "get")).Succeeded();
    }

    private async Task RefusedAsync(Principal dev)
    {
        var result = await RunAsync(dev, "get");

        Assert.Equal(7, result.ExitCode);
        Assert.Equal("", result.Output);
        Contains("error: eksworkshop does not know you: 401 from its API server\n", result.Error);
        Contains("  you are arn:aws:sts::111122223333:assumed-role/k8sDev/bob@example.com\n", result.Error);
        Contains(
            "hint: someone who can enter may run: authmap create iamidentitymapping --cluster eksworkshop --region eu-west-1 "
            + "--arn arn:aws:iam::111122223333:role/k8sDev --username …\n",
            result.Error);
    }
}
