using System.Buffers.Text;
using System.Text;
using Amazon.EKS.Model;
using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Aws;

public sealed class ClusterTokenTests : AwsSessionTest
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    }

    private async Task<string> UrlAsync(string cluster = "c1", string? region = null)
    {
        Clock = new FixedClock();
        using var session = Open(new AwsSettings { Region = region });
        var token = await session.ClusterTokenAsync(cluster, Cancel);
        Assert.StartsWith("k8s-aws-v1.", token, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9._-]+$", token);
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.AsSpan("k8s-aws-v1.".Length)));
    }

    // The signature is botocore's, for the same key, time and cluster.
    [Fact]
    public async Task A_token_is_a_request_signed_in_advance()
    {
        Keys();

        Assert.Equal(
            "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Expires=60"
            + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20261124%2Feu-west-1%2Fsts%2Faws4_request"
            + "&X-Amz-Date=20261124T000000Z&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&X-Amz-Signature=fb1aeb6f17cc066fb129eb068937a8653cd112424d90feb8e48e34ea35b3af0d",
            await UrlAsync());
    }

    [Theory]
    [InlineData("c1", null)]
    [InlineData("Prod_cluster-2", "IQoJb3JpZ2luX2VjE+/==")]
    public async Task Another_verifier_accepts_its_signature(string cluster, string? sessionToken)
    {
        Keys();
        if (sessionToken is not null)
        {
            Work.Set("AWS_SESSION_TOKEN", sessionToken);
        }

        var url = new Uri(await UrlAsync(cluster));

        var pairs = url.Query[1..].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        Assert.Equal(sessionToken, pairs.GetValueOrDefault("X-Amz-Security-Token"));
        var unsigned = string.Join('&', url.Query[1..].Split('&').Where(pair => !pair.StartsWith("X-Amz-Signature=", StringComparison.Ordinal)));
        var expected = SigV4.Sign(
            "GET", "/", unsigned, [("host", url.Host), ("x-k8s-aws-id", cluster)], SigV4.EmptyHash, "20261124T000000Z", "eu-west-1", "sts", Secret);
        Assert.Equal(expected, pairs["X-Amz-Signature"]);
    }

    [Theory]
    [InlineData("us-east-1", "sts.us-east-1.amazonaws.com")]
    [InlineData("us-gov-west-1", "sts.us-gov-west-1.amazonaws.com")]
    [InlineData("cn-north-1", "sts.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-iso-east-1", "sts.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", "sts.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", "sts.eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", "sts.us-isof-south-1.csp.hci.ic.gov")]
    [InlineData("eusc-de-east-1", "sts.eusc-de-east-1.amazonaws.eu")]
    [InlineData("ap-southeast-44", "sts.ap-southeast-44.amazonaws.com")]
    public async Task Its_host_is_the_partitions_own_and_regional(string region, string host)
    {
        Keys();

        Assert.Equal(host, new Uri(await UrlAsync(region: region)).Host);
    }

    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT", null, "sts-fips.eu-west-1.amazonaws.com")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT", null, "sts.eu-west-1.api.aws")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT", "AWS_USE_FIPS_ENDPOINT", "sts-fips.eu-west-1.amazonaws.com")]
    public async Task Fips_and_dual_stack_hosts_are_those_that_the_authenticator_knows(string variable, string? another, string host)
    {
        Keys().Set(variable, "true").Set(another ?? "X", "true");

        Assert.Equal(host, new Uri(await UrlAsync()).Host);
    }

    [Fact]
    public async Task A_clock_that_EKS_found_wrong_is_put_right()
    {
        Keys();
        Fake.Skew = TimeSpan.FromMinutes(30);
        using var session = Open();
        using var eks = session.CreateEksClient();
        await eks.DescribeClusterAsync(new DescribeClusterRequest { Name = "c1" }, Cancel);

        var token = await session.ClusterTokenAsync("c1", Cancel);

        var url = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.AsSpan("k8s-aws-v1.".Length)));
        var text = url.Split("X-Amz-Date=")[1].Split('&')[0];
        var date = DateTime.ParseExact(text, "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AdjustToUniversal);
        Assert.InRange((date - DateTime.UtcNow).TotalMinutes, 28, 32);
    }

    [Fact]
    public async Task No_request_is_made_for_it_and_nothing_of_it_is_logged()
    {
        Keys();

        await UrlAsync();

        Assert.Empty(Fake.Calls);
        Assert.Empty(Log);
    }
}
