using Amazon.EKS.Model;
using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Aws;

public sealed class AwsFailureTests : AwsSessionTest
{
    private async Task<Failure> FailureAsync(int status, string code, string message)
    {
        Keys().Set("AWS_MAX_ATTEMPTS", "1");
        Fake.Instead = _ => AwsAnswer.Error(status, code, message);
        using var session = Open();
        using var eks = session.CreateEksClient();
        var e = await Assert.ThrowsAnyAsync<Exception>(() => eks.ListClustersAsync(new ListClustersRequest(), Cancel));
        Assert.True(AwsFailure.IsExpected(e));
        return AwsFailure.Of(e, "list the clusters", session.Tried).Failure;
    }

    [Fact]
    public async Task A_refusal_names_the_action_that_is_missing()
    {
        const string Said = "User: arn:aws:iam::1:user/x is not authorized to perform: eks:ListClusters on resource: arn:aws:eks:eu-west-1:1:cluster/*";

        var failure = await FailureAsync(403, "AccessDeniedException", Said);

        Assert.Equal(FailureKind.Unauthorized, failure.Kind);
        Assert.Equal("you may not list the clusters (the credentials of the environment, region eu-west-1)", failure.Message);
        Assert.Equal([$"AccessDeniedException: {Said}"], failure.Details);
        Assert.Equal("it takes eks:ListClusters", failure.Hint);
    }

    [Theory]
    [InlineData(403, "ExpiredTokenException", FailureKind.Unauthorized, "the AWS credentials have expired")]
    [InlineData(403, "UnrecognizedClientException", FailureKind.Unauthorized, "AWS does not know these credentials")]
    [InlineData(403, "InvalidSignatureException", FailureKind.Unauthorized, "AWS does not accept the signature")]
    [InlineData(429, "ThrottlingException", FailureKind.Unreachable, "cannot list the clusters: AWS throttles the calls")]
    [InlineData(500, "ServerException", FailureKind.Unreachable, "cannot list the clusters: AWS has a fault, 500")]
    [InlineData(400, "ClientException", FailureKind.Failed, "cannot list the clusters")]
    public async Task Each_error_says_what_was_tried_and_keeps_the_services_words(int status, string code, FailureKind kind, string message)
    {
        var failure = await FailureAsync(status, code, "its words");

        Assert.Equal((kind, $"{message} (the credentials of the environment, region eu-west-1)"), (failure.Kind, failure.Message));
        Assert.Equal([$"{code}: its words"], failure.Details);
    }

    [Fact]
    public async Task A_page_that_is_not_of_AWS_is_quoted_in_one_line()
    {
        Keys().Set("AWS_MAX_ATTEMPTS", "1");
        Fake.Instead = _ => new AwsAnswer(502, $"<html>\n<body>Bad\nGateway {new string('x', 5000)}</body></html>", ("Content-Type", "text/html"));
        using var session = Open();
        using var eks = session.CreateEksClient();

        var e = await Assert.ThrowsAnyAsync<Exception>(() => eks.ListClustersAsync(new ListClustersRequest(), Cancel));

        var failure = AwsFailure.Of(e, "list the clusters", session.Tried).Failure;
        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        var detail = Assert.Single(failure.Details);
        Assert.DoesNotContain('\n', detail);
        Assert.InRange(detail.Length, 1, 320);
    }

    [Fact]
    public async Task An_answer_that_is_not_json_is_a_failure_and_no_surprise()
    {
        Keys().Set("AWS_MAX_ATTEMPTS", "1");
        Fake.Instead = _ => new AwsAnswer(200, "<html>welcome</html>");
        using var session = Open();
        using var eks = session.CreateEksClient();

        var e = await Assert.ThrowsAnyAsync<Exception>(() => eks.ListClustersAsync(new ListClustersRequest(), Cancel));

        Assert.True(AwsFailure.IsExpected(e));
        Assert.Equal(FailureKind.Failed, AwsFailure.Of(e, "list the clusters", session.Tried).Failure.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("<GetCallerIdentityResponse>")]
    [InlineData("<a xmlns:b=\"\"><b:c/></a>")]
    [InlineData("<!DOCTYPE a><b/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"x\">]><GetCallerIdentityResponse><GetCallerIdentityResult><Arn>&a;</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>")]
    public async Task What_does_not_answer_as_STS_does_names_no_caller(string body)
    {
        Keys();
        Fake.Instead = _ => new AwsAnswer(200, body, ("Content-Type", "text/xml"));
        using var session = Open();

        Assert.Null(await session.CallerArnAsync(Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<AssumeRoleResponse>")]
    [InlineData("<AssumeRoleResponse/>")]
    [InlineData("<!DOCTYPE a><b/>")]
    [InlineData("<AssumeRoleResponse><AssumeRoleResult><Credentials/></AssumeRoleResult></AssumeRoleResponse>")]
    public async Task What_does_not_answer_as_STS_does_gives_no_credentials(string body)
    {
        Base();
        Config("[profile dev]\nrole_arn = arn:aws:iam::444455556666:role/dev\nsource_profile = base\nregion = eu-west-1\n");
        Fake.Instead = _ => new AwsAnswer(200, body, ("Content-Type", "text/xml"));
        using var session = Open(new AwsSettings { Profile = "dev" });

        var failure = (await Assert.ThrowsAsync<AuthMapException>(() => session.ClusterTokenAsync("c1", Cancel).AsTask())).Failure;

        Assert.Equal(FailureKind.Failed, failure.Kind);
        Assert.StartsWith("cannot assume the role arn:aws:iam::444455556666:role/dev", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_the_user_ends_is_no_failure()
    {
        Keys();
        using var stop = new CancellationTokenSource();
        Fake.Instead = _ =>
        {
            stop.Cancel();
            return AwsAnswer.Error(503, "ServiceUnavailableException", "later");
        };
        using var session = Open();
        using var eks = session.CreateEksClient();

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => eks.ListClustersAsync(new ListClustersRequest(), stop.Token));

        Assert.False(AwsFailure.IsExpected(e));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        Keys().Set("AWS_MAX_ATTEMPTS", "1").Set("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        using var session = Open();
        using var eks = session.CreateEksClient();

        var e = await Assert.ThrowsAnyAsync<Exception>(() => eks.ListClustersAsync(new ListClustersRequest(), Cancel));

        var failure = AwsFailure.Of(e, "list the clusters", session.Tried).Failure;
        Assert.Equal(
            (FailureKind.Unreachable, "cannot list the clusters: connection refused (the credentials of the environment, region eu-west-1)"),
            (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Credentials_that_cannot_be_had_fail_a_call_with_their_own_failure()
    {
        Keys();
        Fake.Instead = _ => AwsAnswer.StsError(403, "AccessDenied", "no");
        using var session = Open(new AwsSettings { RoleArn = "arn:aws:iam::777788889999:role/ops" });
        using var eks = session.CreateEksClient();

        var e = await Assert.ThrowsAsync<AuthMapException>(() => eks.ListClustersAsync(new ListClustersRequest(), Cancel));

        Assert.StartsWith("the role arn:aws:iam::777788889999:role/ops may not be assumed", e.Failure.Message, StringComparison.Ordinal);
        Assert.Single(Fake.Calls);
    }
}
