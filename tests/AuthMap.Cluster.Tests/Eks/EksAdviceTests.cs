using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Eks;

public sealed class EksAdviceTests : EksTest
{
    private const string Private = "its endpoint is private: it answers inside of the cluster's network alone";

    [Fact]
    public async Task Who_is_not_mapped_learns_who_that_is_and_how_to_be()
    {
        Refuse(401, "Unauthorized");

        var failure = await FailAsync(FailureKind.Unauthorized);

        Assert.Equal("dev does not know you: 401 from its API server", failure.Message);
        Assert.Equal([$"you are {Alice}", "tried with the credentials of the environment, region eu-west-1"], failure.Details);
        Assert.Equal(
            $"someone who can enter may run: authmap create iamidentitymapping --cluster dev --region eu-west-1 --arn {Alice} --username …",
            failure.Hint);
    }

    [Fact]
    public async Task A_session_enters_by_its_role()
    {
        Refuse(401, "Unauthorized");
        Aws.Keys["ASIASESSION"] = ("s", "t", "arn:aws:sts::111122223333:assumed-role/k8sDev/bob");
        Be("ASIASESSION", "s");
        Work.Set("AWS_SESSION_TOKEN", "t");

        var failure = await FailAsync(FailureKind.Unauthorized);

        Assert.Equal("you are arn:aws:sts::111122223333:assumed-role/k8sDev/bob", failure.Details[0]);
        Assert.Contains(" --arn arn:aws:iam::111122223333:role/k8sDev --username", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_API_mode_it_takes_an_access_entry()
    {
        Cluster["accessConfig"]!["authenticationMode"] = "API";
        Refuse(401, "Unauthorized");

        var failure = await FailAsync(FailureKind.Unauthorized);

        Assert.Equal(
            "its authentication mode is API, so it takes an access entry: aws eks create-access-entry --cluster-name dev "
                + $"--region eu-west-1 --principal-arn {Alice}",
            failure.Hint);
    }

    [Fact]
    public async Task Without_an_answer_of_STS_the_refusal_is_told_all_the_same()
    {
        Refuse(401, "Unauthorized");
        var describe = Aws.Instead;
        Aws.Instead = call => call.Method == "POST" ? AwsAnswer.StsError(403, "AccessDenied", "no") : describe(call);

        var failure = await FailAsync(FailureKind.Unauthorized);

        Assert.Equal("who you are could not be learnt from STS", failure.Details[0]);
        Assert.EndsWith("--arn ARN --username …", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_mapped_and_may_not_read_learns_who_that_is()
    {
        Refuse(403, "Forbidden");

        var failure = await FailAsync(FailureKind.Unauthorized);

        Assert.Equal("dev (eu-west-1) does not let you get the ConfigMap kube-system/aws-auth", failure.Message);
        Assert.Equal(["Forbidden", $"you are {Alice}", "tried with the credentials of the environment, region eu-west-1"], failure.Details);
    }

    [Fact]
    public async Task A_private_endpoint_that_does_not_answer_is_said_to_be_private()
    {
        MakePrivate();
        await Server.DisposeAsync();

        var failure = await FailAsync(FailureKind.Unreachable);

        Assert.Equal($"cannot reach dev (eu-west-1) at 127.0.0.1:{Server.Port}: connection refused", failure.Message);
        Assert.Equal([Private], failure.Details);
        Assert.Equal("call it from there: from a host in the VPC, through a VPN or a bastion", failure.Hint);
    }

    [Fact]
    public async Task A_private_endpoint_whose_name_is_not_known_here_is_said_to_be_private()
    {
        MakePrivate();
        Cluster["endpoint"] = "https://dev.invalid";

        Assert.Equal([Private], (await FailAsync(FailureKind.Unreachable)).Details);
    }

    [Fact]
    public async Task A_private_endpoint_that_stays_silent_is_said_to_be_private_when_the_time_is_up()
    {
        MakePrivate();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        Cluster["endpoint"] = $"https://127.0.0.1:{port}";

        var failure = await FailAsync(FailureKind.Unreachable, timeout: TimeSpan.FromSeconds(2));

        Assert.Equal($"gave up after 2 s: cannot reach dev (eu-west-1) at 127.0.0.1:{port}: no answer", failure.Message);
        Assert.Equal([Private], failure.Details);
        Assert.Equal("call it from there: from a host in the VPC, through a VPN or a bastion", failure.Hint);

        // What is known by now may be out of date: whoever waited for that in vain asks anew the next time.
        Assert.Equal([Private], (await FailAsync(FailureKind.Unreachable, timeout: TimeSpan.FromSeconds(1))).Details);
        Assert.Empty(Directory.GetFiles(CacheFolder));
    }

    [Fact]
    public async Task A_public_endpoint_for_some_networks_is_said_to_be_that()
    {
        Cluster["resourcesVpcConfig"]!["publicAccessCidrs"] = new JsonArray("203.0.113.0/24", "198.51.100.7/32");
        await Server.DisposeAsync();

        Assert.Equal(
            ["its public endpoint lets in 203.0.113.0/24, 198.51.100.7/32 alone"], (await FailAsync(FailureKind.Unreachable)).Details);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_trusted_has_nothing_to_do_with_networks()
    {
        MakePrivate();
        using var other = new TestAuthority("CN=other");
        Cluster["certificateAuthority"] = Describe(0, other)["certificateAuthority"]!.DeepClone();

        var failure = await FailAsync(FailureKind.Unreachable);

        Assert.StartsWith("cannot trust dev (eu-west-1) at ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("and not by the cluster's certificate authority", failure.Message, StringComparison.Ordinal);
        Assert.Empty(failure.Details);
        Assert.Empty(Server.Requests);
    }

    private void MakePrivate() => Cluster["resourcesVpcConfig"]!["endpointPublicAccess"] = false;

    private void Refuse(int status, string said) =>
        Server.Instead = (context, _) => ApiServerFake.RefuseAsync(context, status, said, said);
}
