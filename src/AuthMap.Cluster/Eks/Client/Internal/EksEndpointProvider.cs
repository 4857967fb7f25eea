using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.EKS.Internal;

/// <summary>The hosts of the EKS API, by partition (the service's endpoint rules). A region belongs to a partition by the form of
/// its name, so regions that are not known yet work.</summary>
internal sealed class EksEndpointProvider : IEndpointProvider
{
    /// <summary>What decides about the host.</summary>
    public static EndpointParameters Parameters(IClientConfig config) => new EksEndpointParameters
    {
        Region = config.RegionEndpoint?.SystemName ?? config.AuthenticationRegion,
        Override = config.ServiceURL,
        Fips = config.UseFIPSEndpoint,
        DualStack = config.UseDualstackEndpoint,
    };

    /// <inheritdoc/>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var wanted = (EksEndpointParameters)parameters;
        if (!string.IsNullOrEmpty(wanted.Override))
        {
            return new Endpoint(wanted.Override);
        }

        var partition = Fn.Partition(wanted.Region);
        if ((wanted.Fips && !partition.supportsFIPS) || (wanted.DualStack && !partition.supportsDualStack))
        {
            throw new AmazonClientException(
                $"the partition {partition.name} has no {(wanted.Fips && !partition.supportsFIPS ? "FIPS" : "dual-stack")} endpoints");
        }

        var service = (wanted.Fips, wanted.DualStack, partition.name) switch
        {
            (true, false, "aws") => "fips.eks",
            (true, false, "aws-us-gov") => "eks",
            (true, _, _) => "eks-fips",
            _ => "eks",
        };
        return new Endpoint($"https://{service}.{wanted.Region}.{(wanted.DualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}");
    }

    private sealed class EksEndpointParameters : EndpointParameters
    {
        public string? Region { get => (string?)this[nameof(Region)]; init => this[nameof(Region)] = value; }

        public string? Override { get => (string?)this[nameof(Override)]; init => this[nameof(Override)] = value; }

        public bool Fips { get => (bool)this[nameof(Fips)]; init => this[nameof(Fips)] = value; }

        public bool DualStack { get => (bool)this[nameof(DualStack)]; init => this[nameof(DualStack)] = value; }
    }
}
