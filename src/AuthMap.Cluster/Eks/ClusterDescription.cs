using AuthMap.Guarding;

namespace AuthMap.Cluster.Eks;

/// <summary>What has to be known of a cluster to enter it, as the EKS API tells it; nothing in it is secret.</summary>
internal sealed record ClusterDescription
{
    public required string Arn { get; init; }

    /// <summary>What a token names the cluster by: its name, or the id of a local cluster on an Outpost.</summary>
    public required string TokenId { get; init; }

    public required string Status { get; init; }

    /// <summary>The API server's URL.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The API server's certificate authorities: PEM in base64.</summary>
    public required string AuthorityData { get; init; }

    /// <summary>As the API spells it; null when it says nothing, as of a cluster that knows the ConfigMap alone.</summary>
    public string? AuthenticationMode { get; init; }

    /// <summary>Whether the endpoint can be reached from outside of the cluster's network; null when that is not said.</summary>
    public bool? EndpointPublicAccess { get; init; }

    /// <summary>The networks that a public endpoint lets in, separated by commas; null for all.</summary>
    public string? PublicNetworks { get; init; }

    /// <summary>What the cluster lets people in by; null for a mode that came after this program.</summary>
    public AuthenticationMode? Mode => AuthenticationMode switch
    {
        null or "CONFIG_MAP" => Guarding.AuthenticationMode.ConfigMap,
        "API_AND_CONFIG_MAP" => Guarding.AuthenticationMode.ApiAndConfigMap,
        "API" => Guarding.AuthenticationMode.Api,
        _ => null,
    };

    /// <summary>What can be used of an answer.</summary>
    /// <exception cref="AuthMapException">The cluster has no API server that could be asked; the message says why.</exception>
    public static ClusterDescription Of(Amazon.EKS.Model.Cluster cluster, EksSubject subject)
    {
        CheckState(cluster, subject);
        if (cluster is not { Endpoint: { Length: > 0 } endpoint, CertificateAuthority.Data: { Length: > 0 } authority })
        {
            throw new AuthMapException(new Failure(
                FailureKind.Failed, $"EKS does not say where the API server of {subject.Target} is", [subject.Tried], null));
        }

        var networks = cluster.ResourcesVpcConfig?.PublicAccessCidrs ?? [];
        return new()
        {
            Arn = cluster.Arn ?? "",
            TokenId = cluster.OutpostConfig is not null && cluster.Id is { Length: > 0 } id ? id : subject.Name,
            Status = cluster.Status ?? "",
            Endpoint = endpoint,
            AuthorityData = authority,
            AuthenticationMode = cluster.AccessConfig?.AuthenticationMode,
            EndpointPublicAccess = cluster.ResourcesVpcConfig?.EndpointPublicAccess,
            PublicNetworks = networks.Count == 0 || networks.Contains("0.0.0.0/0") ? null : string.Join(", ", networks),
        };
    }

    private static void CheckState(Amazon.EKS.Model.Cluster cluster, EksSubject subject)
    {
        if (cluster.ConnectorConfig is { } connector)
        {
            throw new AuthMapException(
                FailureKind.Failed,
                $"{subject.Target} is only registered with EKS and runs elsewhere ({connector.Provider ?? "provider not known"})",
                "reach it by a kubeconfig of its own: --kubeconfig, --context");
        }

        var (trouble, hint) = cluster.Status switch
        {
            "ACTIVE" or "UPDATING" => (null, null),
            "CREATING" or "PENDING" => (
                "is still being created and cannot be asked yet", $"wait for it: aws eks wait cluster-active --name {subject.Name} --region {subject.Session.Region}"),
            "DELETING" => ("is being deleted", null),
            "FAILED" => (
                "could not be created", $"see why: aws eks describe-cluster --name {subject.Name} --region {subject.Session.Region}"),
            var other => ($"cannot be asked in this state: {other ?? "none"}", null as string),
        };
        if (trouble is not null)
        {
            throw new AuthMapException(FailureKind.Failed, $"{subject.Target} {trouble} (status {cluster.Status ?? "not known"})", hint);
        }
    }
}
