using Amazon.EKS.Model;
using Amazon.Runtime;
using AuthMap.Cluster.Tests.Aws;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Eks;

/// <summary>What the client makes of answers that are not quite those of the EKS API.</summary>
public sealed class EksAnswerTests : AwsSessionTest
{
    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"cluster": {"name": "c1"}""")]
    [InlineData("""{"cluster": {"name": "c1"}} more""")]
    [InlineData("""{"cluster": []}""")]
    [InlineData("""{"cluster": {"name": 1}}""")]
    [InlineData("""{"cluster": {"arn": "\ud800"}}""")]
    [InlineData("""{"cluster": {"certificateAuthority": "UEVN"}}""")]
    [InlineData("""{"cluster": {"certificateAuthority": {"data": 1}}}""")]
    [InlineData("""{"cluster": {"accessConfig": {"authenticationMode": []}}}""")]
    [InlineData("""{"cluster": {"accessConfig": {"bootstrapClusterCreatorAdminPermissions": "true"}}}""")]
    [InlineData("""{"cluster": {"resourcesVpcConfig": {"endpointPublicAccess": 1}}}""")]
    [InlineData("""{"cluster": {"resourcesVpcConfig": {"publicAccessCidrs": "0.0.0.0/0"}}}""")]
    [InlineData("""{"cluster": {"resourcesVpcConfig": {"publicAccessCidrs": [1]}}}""")]
    [InlineData("""{"cluster": {"outpostConfig": {"outpostArns": {}}}}""")]
    [InlineData("""{"cluster": {"connectorConfig": []}}""")]
    [InlineData("""{"cluster": {"createdAt": "2023-12-20T08:20:01Z"}}""")]
    [InlineData("""{"cluster": {"createdAt": 1e300}}""")]
    public async Task What_is_no_description_is_a_failure(string body)
    {
        Keys().Set("AWS_MAX_ATTEMPTS", "1");
        Fake.Instead = _ => new AwsAnswer(200, body);

        var e = await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => DescribeAsync());

        Assert.Equal(200, (int)e.StatusCode);
    }

    [Theory]
    [InlineData("""{"clusters": "c0"}""")]
    [InlineData("""{"clusters": ["c0", 1]}""")]
    [InlineData("""{"clusters": [], "nextToken": 1}""")]
    [InlineData("null")]
    public async Task What_is_no_page_is_a_failure(string body)
    {
        Keys().Set("AWS_MAX_ATTEMPTS", "1");
        Fake.Instead = _ => new AwsAnswer(200, body);
        using var session = Open();
        using var eks = session.CreateEksClient();

        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => eks.ListClustersAsync(new ListClustersRequest(), Cancel));
    }

    [Theory]
    [InlineData("""{"cluster": {}}""", null, null, null)]
    [InlineData("""{"cluster": {"name": null, "certificateAuthority": null, "createdAt": null, "resourcesVpcConfig": {"endpointPublicAccess": null, "publicAccessCidrs": null}}}""", null, null, null)]
    [InlineData("""{"cluster": {"Name": "c0", "certificateAuthority": {}, "resourcesVpcConfig": {"publicAccessCidrs": []}}}""", null, null, "")]
    [InlineData("\uFEFF{\"cluster\": {\"name\": \"c1\"}}", "c1", null, null)]
    [InlineData("""{"x": [{}], "cluster": {"name": "c0", "name": "\u00631", "x": {"y": 1}, "certificateAuthority": {"data": "UEVN"}, "resourcesVpcConfig": {"publicAccessCidrs": ["a", "b"]}}}""", "c1", "UEVN", "a,b")]
    public async Task A_description_may_leave_things_out_and_say_more(string body, string? name, string? authority, string? networks)
    {
        Keys();
        Fake.Instead = _ => new AwsAnswer(200, body);

        var cluster = await DescribeAsync();

        Assert.Equal(
            (name, authority, networks),
            (cluster.Name, cluster.CertificateAuthority?.Data, cluster.ResourcesVpcConfig?.PublicAccessCidrs is { } cidrs ? string.Join(',', cidrs) : null));
        Assert.Null(cluster.CreatedAt);
    }

    [Fact]
    public async Task An_answer_without_a_cluster_has_none()
    {
        Keys();
        Fake.Instead = _ => new AwsAnswer(200, "{}");

        Assert.Null(await DescribeAsync());
    }

    private async Task<Amazon.EKS.Model.Cluster> DescribeAsync()
    {
        using var session = Open();
        using var eks = session.CreateEksClient();
        return (await eks.DescribeClusterAsync(new DescribeClusterRequest { Name = "c1" }, Cancel)).Cluster!;
    }
}
