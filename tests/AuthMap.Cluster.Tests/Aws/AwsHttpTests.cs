using Amazon.EKS.Model;
using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Aws;

public sealed class AwsHttpTests : AwsSessionTest
{
    private async Task DescribeAsync()
    {
        using var session = Open();
        using var eks = session.CreateEksClient();
        try
        {
            await eks.DescribeClusterAsync(new DescribeClusterRequest { Name = "c1" }, Cancel);
        }
        catch (Exception e) when (AwsFailure.IsExpected(e))
        {
            throw AwsFailure.Of(e, "describe the cluster \"c1\"", session.Tried);
        }
    }

    [Fact]
    public async Task Each_attempt_is_a_line_of_the_log_without_secrets()
    {
        Keys().Set("AWS_SESSION_TOKEN", "session-secret");
        Fake.Keys["AKIDEXAMPLE"] = Fake.Keys["AKIDEXAMPLE"] with { Token = "session-secret" };
        Fake.Instead = _ => Fake.Calls.Count == 1 ? AwsAnswer.Error(503, "ServiceUnavailableException", "later") : null;

        using var session = Open();
        await DescribeAsync();
        await session.CallerArnAsync(Cancel);

        Assert.Equal(3, Log.Count);
        Assert.Matches(@"^GET 127\.0\.0\.1:\d+/clusters/c1 503 \d+ ms$", Log[0]);
        Assert.Matches(@"^GET 127\.0\.0\.1:\d+/clusters/c1 200 \d+ ms$", Log[1]);
        Assert.Matches(@"^POST 127\.0\.0\.1:\d+/ GetCallerIdentity 200 \d+ ms$", Log[2]);
    }

    [Fact]
    public async Task The_user_agent_names_the_program_and_its_version()
    {
        Keys();

        await DescribeAsync();

        Assert.StartsWith("authmap/1.2.3 aws-sdk-dotnet", Fake.Calls[0].Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proxy_of_the_environment_is_used_with_its_login()
    {
        using var authority = new TestAuthority();
        await using var aws = await AwsFake.StartAsync(authority.Server(["eks.test"]));
        using var proxy = new LoopbackProxy { Password = "Basic bWU6cEBzcw==" };
        Keys().Set("AWS_ENDPOINT_URL", $"https://eks.test:{aws.Url.Port}").Set("HTTPS_PROXY", $"http://me:p%40ss@127.0.0.1:{proxy.Port}")
            .Set("AWS_CA_BUNDLE", Work.Write("ca.pem", authority.Pem));

        await DescribeAsync();

        Assert.Equal($"connect eks.test:{aws.Url.Port}", Assert.Single(proxy.Asked));
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task NO_PROXY_is_honoured()
    {
        using var proxy = new LoopbackProxy();
        Keys().Set("AWS_ENDPOINT_URL", "https://eks.invalid").Set("AWS_MAX_ATTEMPTS", "1")
            .Set("HTTPS_PROXY", $"http://127.0.0.1:{proxy.Port}").Set("NO_PROXY", ".invalid");

        var failure = await Expect.FailureAsync(FailureKind.Unreachable, DescribeAsync);

        Assert.Equal(
            "cannot describe the cluster \"c1\": its host is not known (the credentials of the environment, region eu-west-1)", failure.Message);
        Assert.Empty(proxy.Asked);
    }

    [Fact]
    public async Task An_authority_that_nobody_knows_is_not_trusted()
    {
        using var authority = new TestAuthority();
        await using var aws = await AwsFake.StartAsync(authority.Server(["127.0.0.1"]));
        Keys().Set("AWS_ENDPOINT_URL", aws.Url.AbsoluteUri).Set("AWS_MAX_ATTEMPTS", "1");

        var failure = await Expect.FailureAsync(FailureKind.Unreachable, DescribeAsync);

        Assert.Contains("no TLS connection", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_CA_BUNDLE", failure.Hint, StringComparison.Ordinal);
        Assert.Empty(aws.Calls);

        Work.Set("AWS_CA_BUNDLE", Work.Write("ca.pem", authority.Pem));
        await DescribeAsync();
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task An_extra_authority_does_not_excuse_a_wrong_name()
    {
        using var authority = new TestAuthority();
        await using var aws = await AwsFake.StartAsync(authority.Server(["other.test"]));
        Keys().Set("AWS_ENDPOINT_URL", $"https://localhost:{aws.Url.Port}").Set("AWS_MAX_ATTEMPTS", "1").Set("AWS_CA_BUNDLE", Work.Write("ca.pem", authority.Pem));

        await Expect.FailureAsync(FailureKind.Unreachable, DescribeAsync);

        Assert.Empty(aws.Calls);
    }

    [Theory]
    [InlineData("", "holds no PEM certificate")]
    [InlineData(null, "there is no such file")]
    public void A_bundle_that_cannot_be_used_is_named(string? text, string reason)
    {
        Keys().Set("AWS_CA_BUNDLE", text is null ? Work.Path("none.pem") : Work.Write("ca.pem", text));

        var failure = Expect.Failure(FailureKind.Failed, () => Open());

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_CA_BUNDLE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_that_is_none_is_not_passed_over()
    {
        Keys().Set("HTTPS_PROXY", "ftp://proxy.example");

        Assert.Contains("HTTPS_PROXY", Expect.Failure(FailureKind.Failed, () => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_is_no_url_is_a_usage_error()
    {
        Keys().Set("AWS_ENDPOINT_URL_EKS", "localhost:1234");
        using var session = Open();

        var failure = Expect.Failure(FailureKind.Usage, () => session.CreateEksClient());

        Assert.Equal("the endpoint of AWS_ENDPOINT_URL_EKS is not an http or https URL: localhost:1234", failure.Message);
    }
}
