namespace AuthMap.EndToEnd;

/// <summary>What EKS may say instead of describing the cluster.</summary>
public sealed class EksAnswerTests(EksCluster cluster) : EksProgramTest(cluster)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        ActAs(Cluster.Creator);
    }

    [Fact]
    public async Task Throttling_and_faults_pass_unseen()
    {
        Cluster.Eks.Next(AwsError.Throttling, AwsError.ServerFault);

        var result = (await RunAsync("get")).Succeeded();

        Assert.Equal("", result.Error);
        Assert.Equal(0, Cluster.Eks.FaultsLeft);
        Assert.Equal(3, Cluster.Eks.Count("DescribeCluster"));
    }

    [Fact]
    public async Task Throttling_without_end_is_told()
    {
        Cluster.Eks.Next([.. Enumerable.Repeat(AwsError.Throttling, 20)]);

        var result = await RunAsync("get", "--timeout", "30s");

        Assert.Equal(8, result.ExitCode);
        Contains("ThrottlingException: Rate exceeded", result.Error);
        Contains("eu-west-1", result.Error);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task A_clock_that_differs_from_that_of_AWS_is_put_right(int minutes)
    {
        // The webhook has its time from STS, so the token has to be right as well as the requests.
        Cluster.Eks.Clock.Offset = Cluster.Sts.Clock.Offset = TimeSpan.FromMinutes(minutes);

        var first = (await RunAsync("get")).Succeeded();
        Assert.Equal("", first.Error);
        Assert.Equal(2, Cluster.Eks.Count("DescribeCluster"));

        // Nor does the cache hide what was learnt of the clock.
        var second = (await RunAsync("get")).Succeeded();
        Assert.Equal("", second.Error);
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_is_missed_beside_those_that_are()
    {
        Cluster.Eks.PageSize = 1;
        Cluster.Eks.Put(Cluster.State with { Name = "alpha" });
        Cluster.Eks.Put(Cluster.State with { Name = "beta" });
        Cluster.Eks.Put(Cluster.State with { Name = "elsewhere", Region = "eu-west-2" });

        var result = await Program.RunAsync("get", "iamidentitymapping", "--cluster", "eksworkshp");

        Assert.Equal(4, result.ExitCode);
        Contains("error: no EKS cluster \"eksworkshp\" in eu-west-1 (", result.Error);
        Contains("hint: did you mean eksworkshop? there are alpha, beta, eksworkshop; other regions: --region\n", result.Error);
        Assert.Equal(3, Cluster.Eks.Count("ListClusters"));
        Assert.Equal(1, Cluster.Eks.Count("DescribeCluster"));
    }

    [Fact]
    public async Task The_list_is_only_a_hint()
    {
        Cluster.Eks.Deny(Cluster.Creator, "eks:ListClusters");

        var result = await RunAsync("get", "--region", "eu-west-3");

        Assert.Equal(4, result.ExitCode);
        Contains("error: no EKS cluster \"eksworkshop\" in eu-west-3", result.Error);
        Assert.DoesNotContain("ListClusters", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        Cluster.Eks.Deny(Cluster.Creator, "eks:DescribeCluster");

        var result = await RunAsync("get");

        Assert.Equal(7, result.ExitCode);
        Contains("error: you may not describe the EKS cluster eksworkshop", result.Error);
        Contains($"User: {Cluster.Creator.Arn} is not authorized to perform: eks:DescribeCluster", result.Error);
        Contains("hint: it takes eks:DescribeCluster", result.Error);
    }

    [Fact]
    public async Task Keys_that_AWS_does_not_know_are_said_to_be_unknown()
    {
        var result = await RunAsync(Cluster.Creator with { AccessKeyId = "AKIAIOSFODNN7EXAMPLE" }, "get");

        Assert.Equal(7, result.ExitCode);
        Contains("UnrecognizedClientException", result.Error);
    }

    [Fact]
    public async Task A_session_that_has_ended_is_said_to_have_ended()
    {
        var old = Cluster.Iam.Assume(Cluster.Iam.AddRole(Maps.Dev), "bob", DateTimeOffset.UtcNow.AddSeconds(-1));

        var result = await RunAsync(old, "get");

        Assert.Equal(7, result.ExitCode);
        Contains("error: the AWS credentials have expired", result.Error);
    }

    [Fact]
    public async Task Without_credentials_or_region_nothing_is_asked()
    {
        ActAs(null);
        var noCredentials = await RunAsync("get");
        ActAs(Cluster.Creator);
        Program.Environment.Remove("AWS_REGION");
        var noRegion = await RunAsync("get");

        Assert.Equal(7, noCredentials.ExitCode);
        Assert.Equal(2, noRegion.ExitCode);
        Contains("AWS_REGION", noRegion.Error);
        Assert.Empty(Cluster.Eks.Requests);
    }
}
