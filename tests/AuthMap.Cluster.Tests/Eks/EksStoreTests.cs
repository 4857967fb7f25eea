using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using AuthMap.Cluster.Eks;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Editing;
using AuthMap.Guarding;

namespace AuthMap.Cluster.Tests.Eks;

public sealed class EksStoreTests : EksTest
{
    [Fact]
    public async Task A_change_is_made_with_a_token_of_the_caller()
    {
        using var target = Target();

        var read = await target.Store.ReadAsync(Stop);
        var result = await target.Store.WriteAsync(
            read, new(new Dictionary<string, string> { ["mapRoles"] = "# changed\n" }, new Dictionary<string, string>()), Stop);

        Assert.Equal("dev (eu-west-1)", target.Name);
        Assert.IsType<Written>(result);
        Assert.Equal("# changed\n", (string?)Server.Map!["data"]!["mapRoles"]);
        Assert.Equal(["GET", "PATCH"], Server.Requests.Select(request => request.Method));
        Assert.All(Server.Requests, request => Assert.StartsWith("Bearer k8s-aws-v1.", request.Header("Authorization"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_is_known_by_its_arn()
    {
        using var target = Target();
        await target.Store.ReadAsync(Stop);

        Assert.Equal("arn:aws:eks:eu-west-1:111122223333:cluster/dev", target.Store.Identity);
    }

    [Fact]
    public async Task Nothing_is_contacted_before_the_store_is_used()
    {
        using var target = Target();

        Assert.Empty(Aws.Calls);
        Assert.Empty(Server.Requests);
        await target.Store.ReadAsync(Stop);
        Assert.NotEmpty(Server.Requests);
    }

    [Fact]
    public async Task No_token_is_told_to_the_log()
    {
        await ReadAsync();

        var token = Server.Requests[0].Header("Authorization")["Bearer ".Length..];
        Assert.NotEmpty(Log);
        Assert.DoesNotContain(Log, line => line.Contains(token, StringComparison.Ordinal) || line.Contains("k8s-aws-v1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(11, false)]
    [InlineData(-1, false)]
    public async Task A_long_run_makes_new_tokens(int minutes, bool same)
    {
        using var target = Target();
        await target.Store.ReadAsync(Stop);
        Clock.Ahead = TimeSpan.FromMinutes(minutes);

        await target.Store.ReadAsync(Stop);

        Assert.Equal(same, Server.Requests[0].Header("Authorization") == Server.Requests[1].Header("Authorization"));
    }

    [Fact]
    public async Task An_old_token_that_is_refused_is_replaced_once_and_a_new_one_is_not()
    {
        using var target = Target();
        await target.Store.ReadAsync(Stop);
        Server.Instead = (context, _) => ApiServerFake.RefuseAsync(context, 401, "Unauthorized", "Unauthorized");

        await Assert.ThrowsAsync<AuthMapException>(() => target.Store.ReadAsync(Stop));
        Assert.Equal(2, Server.Requests.Count);

        Clock.Ahead = TimeSpan.FromMinutes(5);
        await Assert.ThrowsAsync<AuthMapException>(() => target.Store.ReadAsync(Stop));
        Assert.Equal(4, Server.Requests.Count);
    }

    [Theory]
    [InlineData("CONFIG_MAP", AuthenticationMode.ConfigMap)]
    [InlineData("API_AND_CONFIG_MAP", AuthenticationMode.ApiAndConfigMap)]
    [InlineData("API", AuthenticationMode.Api)]
    [InlineData(null, AuthenticationMode.ConfigMap)]
    [InlineData("SOMETHING_NEW", null)]
    public async Task The_authentication_mode_comes_with_the_map(string? said, AuthenticationMode? mode)
    {
        Cluster["accessConfig"] = said is null ? null : new JsonObject { ["authenticationMode"] = said };

        Assert.Equal(mode, (await ReadAsync()).Mode);
    }

    [Fact]
    public async Task A_cluster_being_updated_works() => Assert.True((await WithStatus("UPDATING").ReadAsync()).Exists);

    [Theory]
    [InlineData("CREATING", "dev (eu-west-1) is still being created and cannot be asked yet (status CREATING)")]
    [InlineData("PENDING", "dev (eu-west-1) is still being created and cannot be asked yet (status PENDING)")]
    [InlineData("DELETING", "dev (eu-west-1) is being deleted (status DELETING)")]
    [InlineData("FAILED", "dev (eu-west-1) could not be created (status FAILED)")]
    public async Task Other_states_are_explained_and_not_remembered(string status, string message)
    {
        Assert.Equal(message, (await WithStatus(status).FailAsync(FailureKind.Failed)).Message);

        await WithStatus("ACTIVE").ReadAsync();
        Assert.Empty(Server.Requests.Skip(1));
    }

    [Fact]
    public async Task A_cluster_that_is_only_registered_is_explained()
    {
        Cluster["connectorConfig"] = new JsonObject { ["provider"] = "EKS_ANYWHERE" };

        var failure = await FailAsync(FailureKind.Failed);

        Assert.Equal("dev (eu-west-1) is only registered with EKS and runs elsewhere (EKS_ANYWHERE)", failure.Message);
    }

    [Fact]
    public void A_token_names_a_local_cluster_by_its_id_and_every_other_one_by_its_name()
    {
        using var target = Target();
        using var session = AuthMap.Cluster.Aws.AwsSession.Open(new(), Work.Host, new("1"), Clock);
        var subject = new EksSubject("dev", session);
        var cluster = new Amazon.EKS.Model.Cluster
        {
            Status = "ACTIVE",
            Endpoint = "https://x",
            Id = "1c5f7a9e",
            CertificateAuthority = new() { Data = "x" },
        };

        Assert.Equal("dev", ClusterDescription.Of(cluster, subject).TokenId);
        cluster.OutpostConfig = new();
        Assert.Equal("1c5f7a9e", ClusterDescription.Of(cluster, subject).TokenId);
    }

    [Theory]
    [InlineData("", "there are none there; other regions: --region")]
    [InlineData("eksworkshop", "there is eksworkshop; other regions: --region")]
    [InlineData("prod,deva|test", "did you mean deva? there are prod, deva, test; other regions: --region")]
    [InlineData("a1,a2,a3,a4,a5,a6|b1,b2,b3,b4,b5,b6", "there are a1, a2, a3, a4, a5, a6, b1, b2, b3, b4 and 2 more; other regions: --region")]
    public async Task A_cluster_that_is_not_there_is_told_with_those_that_are(string pages, string hint)
    {
        Pages = [.. pages.Split('|').Select(page => page.Split(',', StringSplitOptions.RemoveEmptyEntries))];

        var failure = await FailAsync(FailureKind.NotFound, "devs");

        Assert.Equal("no EKS cluster \"devs\" in eu-west-1 (the credentials of the environment)", failure.Message);
        Assert.Equal(hint, failure.Hint);
    }

    [Fact]
    public async Task Who_may_not_list_clusters_gets_the_answer_all_the_same()
    {
        Aws.Instead = call => call.Target == "/clusters" ? AwsAnswer.Error(403, "AccessDeniedException", "no") : null;

        var failure = await FailAsync(FailureKind.NotFound, "devs");

        Assert.Equal("is it in this region? others: --region", failure.Hint);
    }

    [Theory]
    [InlineData($"User: {Alice} is not authorized to perform: eks:DescribeCluster on resource: arn:aws:eks:eu-west-1:111122223333:cluster/dev", false)]
    [InlineData("no", true)]
    public async Task Who_may_not_ask_for_the_cluster_is_told_what_it_takes(string said, bool asksWho)
    {
        Aws.Instead = call => call.Method == "GET" ? AwsAnswer.Error(403, "AccessDeniedException", said) : null;

        var failure = await FailAsync(FailureKind.Unauthorized);

        Assert.Equal("you may not describe the EKS cluster dev (the credentials of the environment, region eu-west-1)", failure.Message);
        Assert.Equal(asksWho ? [said, $"you are {Alice}"] : [said], failure.Details);
        Assert.Equal("it takes eks:DescribeCluster on the cluster dev", failure.Hint);
    }

    [Theory]
    [InlineData(429, "ThrottlingException")]
    [InlineData(503, "ServiceUnavailableException")]
    public async Task An_api_that_cannot_answer_is_unreachable(int status, string code)
    {
        Aws.Instead = _ => AwsAnswer.Error(status, code, "later");

        var failure = await FailAsync(FailureKind.Unreachable);

        Assert.StartsWith("cannot describe the EKS cluster dev: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal([$"{code}: later"], failure.Details);
    }

    [Fact]
    public async Task An_api_that_does_not_answer_in_time_is_named()
    {
        using var silent = new SilentServer();
        Work.Set("AWS_ENDPOINT_URL", $"http://127.0.0.1:{silent.Port}");

        var failure = await FailAsync(FailureKind.Unreachable, timeout: TimeSpan.FromSeconds(1));

        Assert.Equal(
            $"gave up after 1 s: no answer from the EKS API at 127.0.0.1:{silent.Port} (the credentials of the environment, region eu-west-1)",
            failure.Message);
    }

    private EksStoreTests WithStatus(string status)
    {
        Cluster["status"] = status;
        return this;
    }

    /// <summary>Takes connections, and says nothing.</summary>
    private sealed class SilentServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public SilentServer() => _listener.Start();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();
    }
}
