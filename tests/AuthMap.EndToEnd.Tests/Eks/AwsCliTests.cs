namespace AuthMap.EndToEnd;

/// <summary>Holds the services of the tests against a client of theirs that is not ours, so that they do not drift into fiction.</summary>
public sealed class AwsCliTests(EksCluster cluster) : EksTest(cluster)
{
    private Principal dev = null!;
    private AwsCli aws = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await AwsCli.RequireAsync();
        dev = Cluster.Iam.AddSession(Maps.Dev, "bob@example.com");
        aws = new AwsCli(Cluster, dev);
    }

    [Fact]
    public async Task It_describes_a_cluster()
    {
        var cluster = (await aws.AskAsync("eks", "describe-cluster", "--name", EksCluster.Name))["cluster"]!;

        // It shows what its service model knows, so that an old one shows less, and leaves out what is null.
        var ours = Cluster.State.ToJson();
        Assert.All(cluster.AsObject(), member => Assert.NotNull(ours[member.Key]));
        Assert.True(cluster.AsObject().Count >= 15, cluster.ToJsonString());
        Assert.Equal(Cluster.Server.Address.AbsoluteUri.TrimEnd('/'), cluster["endpoint"]!.GetValue<string>());
        Assert.Equal(
            ours["certificateAuthority"]!.ToJsonString(), cluster["certificateAuthority"]!.ToJsonString());
        Assert.Contains(cluster["accessConfig"]?.ToJsonString(), new[] { """{"authenticationMode":"CONFIG_MAP"}""", null });
    }

    [Fact]
    public async Task It_lists_clusters_page_by_page()
    {
        Cluster.Eks.PageSize = 2;
        foreach (var name in new[] { "one", "two", "three", "four" })
        {
            Cluster.Eks.Put(Cluster.State with { Name = name });
        }

        Cluster.Eks.Put(Cluster.State with { Name = "elsewhere", Region = "eu-west-2" });
        Cluster.Eks.Put(Cluster.State with { Name = "not-ours", Account = "444455556666" });

        var list = await aws.AskAsync("eks", "list-clusters");

        Assert.Equal("""["eksworkshop","four","one","three","two"]""", list["clusters"]!.ToJsonString());
        Assert.Equal(3, Cluster.Eks.Count("ListClusters"));
    }

    [Fact]
    public async Task Its_token_enters()
    {
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Maps.DevEntry);

        var credential = await aws.AskAsync("eks", "get-token", "--cluster-name", EksCluster.Name);
        var status = await Cluster.ReviewAsync(credential["status"]!["token"]!.GetValue<string>());

        Assert.Equal("dev-user", status["user"]!["username"]!.GetValue<string>());
        Assert.Empty(Cluster.Eks.Requests);
    }

    [Fact]
    public async Task It_asks_who_it_is()
    {
        var identity = await aws.AskAsync("sts", "get-caller-identity");

        Assert.Equal(dev.UserId, identity["UserId"]!.GetValue<string>());
        Assert.Equal(Maps.Account, identity["Account"]!.GetValue<string>());
        Assert.Equal($"arn:aws:sts::{Maps.Account}:assumed-role/k8sDev/bob@example.com", identity["Arn"]!.GetValue<string>());
    }

    [Fact]
    public async Task It_assumes_a_role_and_enters_as_it()
    {
        var role = Cluster.Iam.AddRole("arn:aws:iam::444455556666:role/path/ops", externalId: "a secret+word");
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Maps.Role("arn:aws:iam::444455556666:role/ops", "ops"));

        var assumed = await aws.AskAsync(
            "sts", "assume-role", "--role-arn", role.Arn, "--role-session-name", "me", "--external-id", "a secret+word");

        Assert.Equal("arn:aws:sts::444455556666:assumed-role/ops/me", assumed["AssumedRoleUser"]!["Arn"]!.GetValue<string>());
        var session = Cluster.Iam.Find(Credential("AccessKeyId"))!;
        Assert.Equal((session.SecretAccessKey, session.SessionToken), (Credential("SecretAccessKey"), Credential("SessionToken")));
        var token = await new AwsCli(Cluster, session).AskAsync("eks", "get-token", "--cluster-name", EksCluster.Name);
        var status = await Cluster.ReviewAsync(token["status"]!["token"]!.GetValue<string>());
        Assert.Equal("ops", status["user"]!["username"]!.GetValue<string>());

        string Credential(string member) => assumed["Credentials"]![member]!.GetValue<string>();
    }

    [Fact]
    public async Task It_assumes_a_role_with_a_web_identity()
    {
        var role = Cluster.Iam.AddRole($"arn:aws:iam::{Maps.Account}:role/pod", webIdentityToken: "a.b.c");

        var assumed = await aws.AskAsync(
            "sts", "assume-role-with-web-identity", "--role-arn", role.Arn, "--role-session-name", "me", "--web-identity-token", "a.b.c");

        Assert.NotNull(Cluster.Iam.Find(assumed["Credentials"]!["AccessKeyId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task It_shows_the_errors_of_EKS()
    {
        string[] describe = ["describe-cluster", "--name", EksCluster.Name];

        await FailsAsync("eks", ["describe-cluster", "--name", "nope"], "(ResourceNotFoundException)", "No cluster found for name: nope.");

        await FailsAsync("eks", ["describe-cluster", "--name", "a.b"], "(InvalidParameterException)", "is not valid");

        Cluster.Eks.Deny(dev, "eks:DescribeCluster");
        await FailsAsync("eks", describe, "(AccessDeniedException)",
            $"User: {dev.Arn} is not authorized to perform: eks:DescribeCluster on resource: arn:aws:eks:eu-west-1:{Maps.Account}:cluster/eksworkshop");

        Cluster.Eks.Next(AwsError.Throttling, AwsError.ServerFault);
        await FailsAsync("eks", describe, "(ThrottlingException)", "Rate exceeded");
        await FailsAsync("eks", describe, "(ServerException)");
    }

    [Theory]
    [InlineData("eks", "describe-cluster --name eksworkshop", "UnrecognizedClientException", "InvalidSignatureException")]
    [InlineData("sts", "get-caller-identity", "InvalidClientTokenId", "SignatureDoesNotMatch")]
    public async Task It_shows_what_is_wrong_with_a_signature(string service, string command, string unknownKey, string mismatch)
    {
        aws = new AwsCli(Cluster, dev with { SessionToken = "guessed" });
        await FailsAsync(service, command.Split(' '), $"({unknownKey})", "The security token included in the request is invalid");

        aws = new AwsCli(Cluster, dev with { SecretAccessKey = "guessed" });
        await FailsAsync(service, command.Split(' '), $"({mismatch})", "The request signature we calculated does not match");

        aws = new AwsCli(Cluster, dev);
        Cluster.Eks.Clock.Offset = Cluster.Sts.Clock.Offset = TimeSpan.FromMinutes(20);
        await FailsAsync(service, command.Split(' '), $"({mismatch})", "Signature expired: ");
    }

    [Fact]
    public async Task It_shows_the_errors_of_STS()
    {
        var role = Cluster.Iam.AddRole(Maps.Other, externalId: "right");

        await FailsAsync(
            "sts", ["assume-role", "--role-arn", role.Arn, "--role-session-name", "me", "--external-id", "wrong"],
            "(AccessDenied)", $"User: {dev.Arn} is not authorized to perform: sts:AssumeRole on resource: {role.Arn}");
        await FailsAsync(
            "sts", ["assume-role", "--role-arn", role.Arn, "--role-session-name", "no spaces", "--external-id", "right"],
            "(ValidationError)");
    }

    private async Task FailsAsync(string service, string[] arguments, params string[] parts)
    {
        var result = await aws.RunAsync(service, arguments);

        Assert.NotEqual(0, result.ExitCode);
        Assert.All(parts, part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
    }
}
