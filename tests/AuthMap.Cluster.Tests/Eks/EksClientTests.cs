using System.Text.Json.Serialization;
using Amazon;
using Amazon.EKS;
using Amazon.EKS.Internal;
using Amazon.EKS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using AuthMap.Cluster.Tests.Aws;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Eks;

public sealed class EksClientTests : AwsSessionTest
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private async Task<Amazon.EKS.Model.Cluster> DescribeAsync(string name = "c1")
    {
        using var session = Open();
        using var eks = session.CreateEksClient();
        return (await eks.DescribeClusterAsync(new DescribeClusterRequest { Name = name }, Cancel)).Cluster!;
    }

    [Fact]
    public async Task A_cluster_is_described()
    {
        Keys();

        var cluster = await DescribeAsync();

        Assert.Equal(
            ("c1", "ACTIVE", "API_AND_CONFIG_MAP", "UEVN", false, true, "1.33"),
            (cluster.Name, cluster.Status, cluster.AccessConfig?.AuthenticationMode, cluster.CertificateAuthority?.Data,
                cluster.ResourcesVpcConfig?.EndpointPublicAccess, cluster.ResourcesVpcConfig?.EndpointPrivateAccess, cluster.Version));
        Assert.Equal("2023-12-20T08:20:01.0880000Z", cluster.CreatedAt?.ToString("O"));
        Assert.Null(cluster.OutpostConfig);
        Assert.Equal("eu-west-1/eks", Assert.Single(Fake.Calls).Scope);
    }

    [Fact]
    public async Task Clusters_are_listed_a_page_at_a_time()
    {
        Keys();
        Fake.Instead = call => call.Target == "/clusters?maxResults=2&nextToken=a%20b%2F%2B%3D"
            ? null
            : new AwsAnswer(200, """{"clusters": ["c0"], "nextToken": "a b/+="}""");
        using var session = Open();
        using var eks = session.CreateEksClient();

        var first = await eks.ListClustersAsync(new ListClustersRequest(), Cancel);
        var second = await eks.ListClustersAsync(new ListClustersRequest { MaxResults = 2, NextToken = first.NextToken }, Cancel);

        Assert.Equal(["c0"], first.Clusters!);
        Assert.Equal(["c1", "c2"], second.Clusters!);
        Assert.Null(second.NextToken);
        Assert.Equal("/clusters", Fake.Calls[0].Target);
    }

    [Fact]
    public async Task A_missing_cluster_has_its_own_exception_with_the_services_code_and_words()
    {
        Keys();

        var e = await Assert.ThrowsAsync<ResourceNotFoundException>(() => DescribeAsync("nope"));

        Assert.Equal(
            ("ResourceNotFoundException", "No cluster found for name: nope.", "404"),
            (e.ErrorCode, e.Message, ((int)e.StatusCode).ToString()));
    }

    [Fact]
    public async Task A_refusal_of_IAM_has_its_own_exception()
    {
        Keys();
        Fake.Instead = _ => AwsAnswer.Error(403, "AccessDeniedException", "User: x is not authorized to perform: eks:DescribeCluster on resource: y");

        var e = await Assert.ThrowsAsync<AccessDeniedException>(() => DescribeAsync());

        Assert.Equal("request-1", e.RequestId);
        Assert.Single(Fake.Calls);
    }

    [Theory]
    [InlineData(429, "ThrottlingException")]
    [InlineData(503, "ServiceUnavailableException")]
    [InlineData(500, "ServerException")]
    public async Task Throttling_and_faults_of_the_service_are_tried_again(int status, string code)
    {
        Keys();
        Fake.Instead = _ => Fake.Calls.Count < 3 ? AwsAnswer.Error(status, code, "later") : null;

        Assert.Equal("c1", (await DescribeAsync()).Name);

        Assert.Equal(3, Fake.Calls.Count);
    }

    [Fact]
    public async Task The_number_of_attempts_comes_from_the_environment()
    {
        Keys().Set("AWS_MAX_ATTEMPTS", "1");
        Fake.Instead = _ => AwsAnswer.Error(503, "ServiceUnavailableException", "later");

        await Assert.ThrowsAsync<AmazonEKSException>(() => DescribeAsync());

        Assert.Single(Fake.Calls);
    }

    [Fact]
    public async Task An_error_page_of_a_proxy_is_an_exception_of_the_service_too()
    {
        Keys().Set("AWS_MAX_ATTEMPTS", "1");
        Fake.Instead = _ => new AwsAnswer(502, "<html><body>Bad <b>Gateway</body></html>", ("Content-Type", "text/html"));

        var e = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => DescribeAsync());

        Assert.Equal(502, (int)e.StatusCode);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task A_clock_that_is_wrong_is_corrected(int minutes)
    {
        Keys();
        Fake.Skew = TimeSpan.FromMinutes(minutes);

        Assert.Equal("c1", (await DescribeAsync()).Name);

        Assert.Equal(2, Fake.Calls.Count);
    }

    [Theory]
    [InlineData("eu-west-1", "https://eks.eu-west-1.amazonaws.com")]
    [InlineData("us-gov-west-1", "https://eks.us-gov-west-1.amazonaws.com")]
    [InlineData("cn-north-1", "https://eks.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-iso-east-1", "https://eks.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", "https://eks.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", "https://eks.eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", "https://eks.us-isof-south-1.csp.hci.ic.gov")]
    [InlineData("eusc-de-east-1", "https://eks.eusc-de-east-1.amazonaws.eu")]
    [InlineData("eu-west-97", "https://eks.eu-west-97.amazonaws.com")]
    [InlineData("cn-east-9", "https://eks.cn-east-9.amazonaws.com.cn")]
    [InlineData("eusc-de-west-3", "https://eks.eusc-de-west-3.amazonaws.eu")]
    [InlineData("eu-west-1", "https://fips.eks.eu-west-1.amazonaws.com", true)]
    [InlineData("us-gov-west-1", "https://eks.us-gov-west-1.amazonaws.com", true)]
    [InlineData("us-iso-east-1", "https://eks-fips.us-iso-east-1.c2s.ic.gov", true)]
    [InlineData("eu-west-1", "https://eks.eu-west-1.api.aws", false, true)]
    [InlineData("eu-west-1", "https://eks-fips.eu-west-1.api.aws", true, true)]
    [InlineData("cn-north-1", "https://eks.cn-north-1.api.amazonwebservices.com.cn", false, true)]
    public void Each_partition_has_its_host(string region, string expected, bool fips = false, bool dualStack = false)
    {
        var config = new AmazonEKSConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        };

        var endpoint = config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new ListClustersRequest()));

        Assert.Equal(expected, endpoint.URL);
    }

    // The signatures of the next two tests were computed by two other signers.
    [Fact]
    public void A_path_segment_is_escaped_once_on_the_wire_and_twice_in_the_signature()
    {
        var request = Marshall("GET", "/clusters/{name}/access-entries/{principalArn}", (call, _) => call);

        Assert.Equal(
            "https://eks.eu-west-1.amazonaws.com/clusters/c1/access-entries/arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fteams%2Fdev",
            AmazonServiceClient.ComposeUrl(request).AbsoluteUri);
        Assert.Equal("7b897c2d2e9782e18e2fdaabfc8d761301d3b348b77a8e108cef56d522b62d55", Verifier(request, "host", "x-amz-date"));
        Assert.Equal(Signer(request, out var headers), Verifier(request, headers));
    }

    [Fact]
    public void A_body_is_signed_with_its_type()
    {
        var body = new PolicyBody("arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", new ScopeBody("cluster"));

        var request = Marshall(
            "POST", "/clusters/{name}/access-entries/{principalArn}/access-policies", (call, _) => call.Body(body, TestJson.Default.PolicyBody));

        Assert.Equal(
            "5bc5fadf027640ef14fc581f4e08d3ae2161e29a0888a7bba18a52f6ac5863a6", Verifier(request, "content-type", "host", "x-amz-date"));
        Assert.Equal(Signer(request, out var headers), Verifier(request, headers));
        Assert.Contains("content-type", headers);
    }

    private static IRequest Marshall(string method, string path, Func<RestCall, EntryRequest, RestCall> more)
    {
        var operation = new RestOperation<EntryRequest, ListClustersResponse>(
            method,
            path,
            (call, request) => more(call.Segment("{name}", "c1").Segment("{principalArn}", request.PrincipalArn), request),
            EksJson.ListClusters);
        var request = operation.Marshall(new EntryRequest("arn:aws:iam::111122223333:role/teams/dev"));
        request.Endpoint = new Uri("https://eks.eu-west-1.amazonaws.com");
        request.AuthenticationRegion = "eu-west-1";
        return request;
    }

    private static string Signer(IRequest request, out string[] headers)
    {
        var result = new AWS4Signer().SignRequest(
            request, new AmazonEKSConfig { RegionEndpoint = RegionEndpoint.EUWest1 }, new RequestMetrics(), "AKIDEXAMPLE", Secret,
            new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc));
        headers = result.SignedHeaders.Split(';');
        return result.Signature;
    }

    private static string Verifier(IRequest request, params string[] headers) => SigV4.Sign(
        request.HttpMethod,
        AmazonServiceClient.ComposeUrl(request).AbsolutePath,
        "",
        headers.Select(name => (name, name switch
        {
            "host" => request.Endpoint.Host,
            "x-amz-date" => "20261124T000000Z",
            _ => request.Headers.First(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value,
        })),
        SigV4.Hash(request.Content ?? []),
        "20261124T000000Z",
        "eu-west-1",
        "eks",
        Secret);

    internal sealed class EntryRequest(string principalArn) : AmazonWebServiceRequest
    {
        public string PrincipalArn => principalArn;
    }
}

internal sealed record ScopeBody(string Type);

internal sealed record PolicyBody(string PolicyArn, ScopeBody AccessScope);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PolicyBody))]
internal sealed partial class TestJson : JsonSerializerContext;
