using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.EKS.Internal;

/// <summary>Finds the host of each request.</summary>
internal sealed class EksEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        EksEndpointProvider.Parameters(requestContext.ClientConfig);
}

/// <summary>Every operation is signed with Signature Version 4.</summary>
internal sealed class EksSigning : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        AuthSchemeOption.DEFAULT_SIGV4;
}

/// <summary>What the SDK's own parts want to know about the service.</summary>
internal sealed class EksMetadata : IServiceMetadata
{
    public static readonly EksMetadata Instance = new();

    public string ServiceId => "EKS";

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
