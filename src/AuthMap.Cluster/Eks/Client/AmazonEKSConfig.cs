using Amazon.EKS.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.EKS;

/// <summary>How to reach the EKS API.</summary>
internal sealed class AmazonEKSConfig : ClientConfig
{
    public AmazonEKSConfig()
        : base(new Defaults())
    {
        ServiceId = "EKS";
        AuthenticationServiceName = "eks";
        EndpointProvider = new EksEndpointProvider();
    }

    public override string ServiceVersion => "2017-11-01";

    public override string RegionEndpointServiceName => "eks";

    public override string UserAgent { get; } = Amazon.Util.Internal.InternalSDKUtils.BuildUserAgentString("EKS", "4.0.0.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(EksEndpointProvider.Parameters(this));

    private sealed class Defaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(
            RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) =>
            new DefaultConfiguration { RetryMode = RequestRetryMode.Standard };
    }
}
