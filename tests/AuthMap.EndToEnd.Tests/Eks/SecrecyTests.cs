namespace AuthMap.EndToEnd;

/// <summary>Nothing secret is said, however much is asked for.</summary>
public sealed class SecrecyTests(EksCluster cluster) : EksProgramTest(cluster)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_most_talkative_run_tells_requests_and_no_secrets(bool isMapped)
    {
        var role = Cluster.Iam.AddRole(Maps.Other, externalId: "right");
        var dev = Cluster.Iam.AddSession(Maps.Dev);
        if (isMapped)
        {
            await Cluster.Server.AwsAuth.PutAsync(
                mapRoles: $"- rolearn: {role.Arn}\n  username: other\n  groups: [{EksCluster.EditorGroup}]\n");
        }

        var result = await RunAsync(dev, "get", "-v", "5", "--role-arn", role.Arn, "--external-id", "right");

        Assert.Equal(isMapped ? 0 : 7, result.ExitCode);
        Contains("/clusters/eksworkshop 200", result.Error);
        Contains("AssumeRole", result.Error);
        var session = Cluster.Iam.FindSession($"{role.Id}:");
        var said = result.Output + result.Error;
        Assert.All(
            Secrets.Of(dev).Concat(Secrets.Of(session)), secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }
}
