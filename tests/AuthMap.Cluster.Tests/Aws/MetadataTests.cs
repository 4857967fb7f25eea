using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Aws;

public sealed class MetadataTests : AwsSessionTest
{
    private static AwsAnswer Issued(string id) => new(200, $$"""
        {"Code": "Success", "AccessKeyId": "{{id}}", "SecretAccessKey": "s", "Token": "t", "Expiration": "{{DateTime.UtcNow.AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}
        """);

    private async Task<string> KeyAsync()
    {
        using var session = Open();
        return (await session.Credentials.GetCredentialsAsync()).AccessKey;
    }

    private void OnInstance() =>
        Work.Set("AWS_REGION", "eu-west-1").Set("AWS_EC2_METADATA_DISABLED", "").Set("AWS_EC2_METADATA_SERVICE_ENDPOINT", Fake.Url.AbsoluteUri);

    private void InContainer(string body)
    {
        Work.Set("AWS_REGION", "eu-west-1").Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(Fake.Url, "/v1/credentials").AbsoluteUri);
        Fake.Instead = _ => new AwsAnswer(200, body);
    }

    [Fact]
    public async Task A_container_gets_its_credentials_with_its_token()
    {
        Work.Write("token", "pod-token");
        Work.Set("AWS_REGION", "eu-west-1").Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(Fake.Url, "/v1/credentials").AbsoluteUri)
            .Set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", Work.Path("token"));
        Fake.Instead = call => call.Target == "/v1/credentials" && call.Headers["Authorization"] == "pod-token" ? Issued("ASIAPOD") : null;

        Assert.Equal("ASIAPOD", await KeyAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\uFEFF{\"AccessKeyId\": \"A\", \"SecretAccessKey\": \"s\"}")]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": "s" """)]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": "s"} more""")]
    [InlineData("""{"accessKeyId": "A", "secretAccessKey": "s"}""")]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": null}""")]
    [InlineData("""{"AccessKeyId": "", "SecretAccessKey": "s"}""")]
    [InlineData("""{"AccessKeyId": 1, "SecretAccessKey": "s"}""")]
    [InlineData("""{"AccessKeyId": "\ud800", "SecretAccessKey": "s"}""")]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": "s", "Token": []}""")]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": "s", "AccountId": 111122223333}""")]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": "s", "Expiration": 1}""")]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": "s", "Expiration": "soon"}""")]
    public async Task An_answer_without_credentials_is_none(string body)
    {
        InContainer(body);

        var failure = await Expect.FailureAsync(FailureKind.Unauthorized, KeyAsync);

        Assert.Contains($"no credentials from the container's {Fake.Url.Authority}: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": "s"}""")]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": "s", "Token": null, "AccountId": null, "Expiration": null}""")]
    [InlineData("""{"AccessKeyId": "A", "SecretAccessKey": "s", "Expiration": "2020-01-01T00:00:00.5+02:00"}""")]
    [InlineData("""{"AccessKeyId": "B", "x": {"y": []}, "AccessKeyId": "\u0041", "SecretAccessKey": "s"}""")]
    public async Task Credentials_may_come_with_less_and_more(string body)
    {
        InContainer(body);

        Assert.Equal("A", await KeyAsync());
    }

    [Fact]
    public async Task The_token_of_a_container_goes_to_no_other_server()
    {
        Work.Set("AWS_REGION", "eu-west-1").Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://evil.example/");

        var failure = await Expect.FailureAsync(FailureKind.Failed, KeyAsync);

        Assert.Contains("http://evil.example/", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metadata_endpoint_that_is_no_url_is_a_usage_error()
    {
        OnInstance();
        Work.Set("AWS_EC2_METADATA_SERVICE_ENDPOINT", "somewhere");

        Expect.Failure(FailureKind.Usage, () => Open());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_instance_gets_the_credentials_of_its_role(bool sessions)
    {
        OnInstance();
        Fake.Instead = call => (call.Method, call.Target, call.Headers.GetValueOrDefault("X-aws-ec2-metadata-token")) switch
        {
            ("PUT", "/latest/api/token", _) => sessions ? new AwsAnswer(200, "imds-session") : new AwsAnswer(404, ""),
            ("GET", "/latest/meta-data/iam/security-credentials/", var token) when token == (sessions ? "imds-session" : null) => new AwsAnswer(200, "node\n"),
            ("GET", "/latest/meta-data/iam/security-credentials/node", var token) when token == (sessions ? "imds-session" : null) => Issued("ASIANODE"),
            _ => new AwsAnswer(401, ""),
        };

        Assert.Equal("ASIANODE", await KeyAsync());
    }

    [Fact]
    public async Task An_instance_without_a_role_has_no_credentials()
    {
        OnInstance();
        Fake.Instead = call => call.Method == "PUT" ? new AwsAnswer(200, "s") : new AwsAnswer(404, "");

        var failure = await Expect.FailureAsync(FailureKind.Unauthorized, KeyAsync);

        Assert.Equal("there are no AWS credentials", failure.Message);
        Assert.Equal("this EC2 instance has no IAM role", failure.Details[2]);
    }

    [Fact]
    public async Task A_machine_that_is_no_instance_is_not_waited_for()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        OnInstance();
        Work.Set("AWS_EC2_METADATA_SERVICE_ENDPOINT", $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        var started = Stopwatch.GetTimestamp();

        var failure = await Expect.FailureAsync(FailureKind.Unauthorized, KeyAsync);

        Assert.EndsWith("no answer", failure.Details[2], StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
    }
}
