namespace Amazon.EKS.Model;

/// <summary>A cluster as the EKS API describes it: the members that matter for reaching it.</summary>
internal sealed class Cluster
{
    public string? Name { get; set; }

    public string? Arn { get; set; }

    /// <summary>The id of a local cluster on an Outpost; null of others.</summary>
    public string? Id { get; set; }

    /// <summary>CREATING, ACTIVE, UPDATING, DELETING, FAILED or PENDING.</summary>
    public string? Status { get; set; }

    /// <summary>The URL of the API server; null until there is one.</summary>
    public string? Endpoint { get; set; }

    public Certificate? CertificateAuthority { get; set; }

    /// <summary>How callers are authenticated; null of clusters that only know the ConfigMap.</summary>
    public AccessConfigResponse? AccessConfig { get; set; }

    public VpcConfigResponse? ResourcesVpcConfig { get; set; }

    public OutpostConfigResponse? OutpostConfig { get; set; }

    /// <summary>Set for a cluster that is only registered with EKS and runs elsewhere.</summary>
    public ConnectorConfigResponse? ConnectorConfig { get; set; }

    public string? Version { get; set; }

    public string? PlatformVersion { get; set; }

    public DateTime? CreatedAt { get; set; }
}

/// <summary>The certificate authority of the API server.</summary>
internal sealed class Certificate
{
    /// <summary>PEM in base64.</summary>
    public string? Data { get; set; }
}

/// <summary>How callers are authenticated.</summary>
internal sealed class AccessConfigResponse
{
    /// <summary>CONFIG_MAP, API_AND_CONFIG_MAP or API.</summary>
    public string? AuthenticationMode { get; set; }

    public bool? BootstrapClusterCreatorAdminPermissions { get; set; }
}

/// <summary>From where the API server is reachable.</summary>
internal sealed class VpcConfigResponse
{
    public string? VpcId { get; set; }

    public bool? EndpointPublicAccess { get; set; }

    public bool? EndpointPrivateAccess { get; set; }

    public List<string>? PublicAccessCidrs { get; set; }
}

/// <summary>Where a local cluster stands.</summary>
internal sealed class OutpostConfigResponse
{
    public List<string>? OutpostArns { get; set; }
}

/// <summary>What is known of a registered cluster.</summary>
internal sealed class ConnectorConfigResponse
{
    public string? Provider { get; set; }

    public string? RoleArn { get; set; }
}
