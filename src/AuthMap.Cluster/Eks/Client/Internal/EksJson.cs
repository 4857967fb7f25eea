using System.Text.Json;
using Amazon.EKS.Model;
using AuthMap;

namespace Amazon.EKS.Internal;

/// <summary>The JSON of the EKS API.</summary>
internal static class EksJson
{
    /// <summary>Reads the answer of DescribeCluster.</summary>
    public static DescribeClusterResponse DescribeCluster(JsonElement json) => new()
    {
        Cluster = json.Member("cluster") is { } cluster ? Cluster(cluster) : null,
    };

    /// <summary>Reads the answer of ListClusters.</summary>
    public static ListClustersResponse ListClusters(JsonElement json) => new()
    {
        Clusters = json.Texts("clusters"),
        NextToken = json.Text("nextToken"),
    };

    private static Cluster Cluster(JsonElement json) => new()
    {
        Name = json.Text("name"),
        Arn = json.Text("arn"),
        Id = json.Text("id"),
        Status = json.Text("status"),
        Endpoint = json.Text("endpoint"),
        CertificateAuthority = json.Member("certificateAuthority") is { } authority ? new() { Data = authority.Text("data") } : null,
        AccessConfig = json.Member("accessConfig") is { } access ? AccessConfig(access) : null,
        ResourcesVpcConfig = json.Member("resourcesVpcConfig") is { } vpc ? VpcConfig(vpc) : null,
        OutpostConfig = json.Member("outpostConfig") is { } outpost ? new() { OutpostArns = outpost.Texts("outpostArns") } : null,
        ConnectorConfig = json.Member("connectorConfig") is { } connector ? ConnectorConfig(connector) : null,
        Version = json.Text("version"),
        PlatformVersion = json.Text("platformVersion"),

        // Seconds since 1970, with a fraction.
        CreatedAt = json.Member("createdAt")?.GetDouble() is { } seconds ? DateTime.UnixEpoch.AddSeconds(seconds) : null,
    };

    private static AccessConfigResponse AccessConfig(JsonElement json) => new()
    {
        AuthenticationMode = json.Text("authenticationMode"),
        BootstrapClusterCreatorAdminPermissions = json.Member("bootstrapClusterCreatorAdminPermissions")?.GetBoolean(),
    };

    private static VpcConfigResponse VpcConfig(JsonElement json) => new()
    {
        VpcId = json.Text("vpcId"),
        EndpointPublicAccess = json.Member("endpointPublicAccess")?.GetBoolean(),
        EndpointPrivateAccess = json.Member("endpointPrivateAccess")?.GetBoolean(),
        PublicAccessCidrs = json.Texts("publicAccessCidrs"),
    };

    private static ConnectorConfigResponse ConnectorConfig(JsonElement json) => new()
    {
        Provider = json.Text("provider"),
        RoleArn = json.Text("roleArn"),
    };
}
