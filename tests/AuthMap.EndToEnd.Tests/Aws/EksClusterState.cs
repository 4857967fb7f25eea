using System.Text;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>A cluster as the EKS API describes it.</summary>
public sealed record EksClusterState(string Account, string Region, string Name)
{
    public string Partition { get; init; } = "aws";

    public string Status { get; init; } = "ACTIVE";

    /// <summary>Null for a cluster old enough to have no accessConfig at all.</summary>
    public string? AuthenticationMode { get; init; } = "CONFIG_MAP";

    public Uri? Endpoint { get; init; }

    public string? CertificatePem { get; init; }

    public bool EndpointPublicAccess { get; init; } = true;

    /// <summary>Only a local cluster on an Outpost has one.</summary>
    public string? Id { get; init; }

    public string Arn => $"arn:{Partition}:eks:{Region}:{Account}:cluster/{Name}";

    /// <summary>The member <c>cluster</c> of an answer of DescribeCluster.</summary>
    public JsonObject ToJson()
    {
        var cluster = new JsonObject
        {
            ["name"] = Name,
            ["arn"] = Arn,
            ["createdAt"] = 1703060401.088,
            ["version"] = "1.33",
            ["roleArn"] = $"arn:{Partition}:iam::{Account}:role/eksctl-{Name}-cluster-ServiceRole",
            ["resourcesVpcConfig"] = new JsonObject
            {
                ["subnetIds"] = new JsonArray("subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"),
                ["securityGroupIds"] = new JsonArray("sg-0aaaaaaaaaaaaaaaa"),
                ["clusterSecurityGroupId"] = "sg-0bbbbbbbbbbbbbbbb",
                ["vpcId"] = "vpc-0aaaaaaaaaaaaaaaa",
                ["endpointPublicAccess"] = EndpointPublicAccess,
                ["endpointPrivateAccess"] = !EndpointPublicAccess,
                ["publicAccessCidrs"] = EndpointPublicAccess ? new JsonArray("0.0.0.0/0") : new JsonArray(),
            },
            ["kubernetesNetworkConfig"] = new JsonObject { ["serviceIpv4Cidr"] = "10.100.0.0/16", ["ipFamily"] = "ipv4" },
            ["logging"] = new JsonObject
            {
                ["clusterLogging"] = new JsonArray(new JsonObject
                {
                    ["types"] = new JsonArray("api", "audit", "authenticator", "controllerManager", "scheduler"),
                    ["enabled"] = false,
                }),
            },
            ["identity"] = new JsonObject
            {
                ["oidc"] = new JsonObject { ["issuer"] = $"https://oidc.eks.{Region}.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE" },
            },
            ["status"] = Status,
            ["certificateAuthority"] = new JsonObject(),
            ["clientRequestToken"] = null,
            ["platformVersion"] = "eks.9",
            ["tags"] = new JsonObject(),
            ["encryptionConfig"] = null,
            ["connectorConfig"] = null,
            ["health"] = new JsonObject { ["issues"] = new JsonArray() },
            ["deletionProtection"] = false,
        };

        if (Endpoint is not null && CertificatePem is not null)
        {
            cluster["endpoint"] = Endpoint.AbsoluteUri.TrimEnd('/');
            cluster["certificateAuthority"]!["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(CertificatePem));
        }

        if (AuthenticationMode is not null)
        {
            cluster["accessConfig"] = new JsonObject { ["authenticationMode"] = AuthenticationMode };
        }

        if (Id is not null)
        {
            cluster["id"] = Id;
            cluster["outpostConfig"] = new JsonObject
            {
                ["outpostArns"] = new JsonArray($"arn:{Partition}:outposts:{Region}:{Account}:outpost/op-0aaaaaaaaaaaaaaaa"),
                ["controlPlaneInstanceType"] = "m5.large",
            };
        }

        return cluster;
    }
}
