using Amazon.EKS.Internal;
using Amazon.EKS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.EKS;

/// <summary>A client of the EKS API (REST with JSON, signed with Signature Version 4, signing name <c>eks</c>).</summary>
internal sealed class AmazonEKSClient(AWSCredentials credentials, AmazonEKSConfig config) : AmazonServiceClient(credentials, config)
{
    private static readonly RestOperation<DescribeClusterRequest, DescribeClusterResponse> _describeCluster = new(
        "GET", "/clusters/{name}", (call, request) => call.Segment("{name}", request.Name), EksJson.DescribeCluster);

    private static readonly RestOperation<ListClustersRequest, ListClustersResponse> _listClusters = new(
        "GET",
        "/clusters",
        (call, request) => call.Query("maxResults", request.MaxResults?.ToString()).Query("nextToken", request.NextToken),
        EksJson.ListClusters);

    protected override IServiceMetadata ServiceMetadata => EksMetadata.Instance;

    /// <summary>Describes a cluster.</summary>
    /// <exception cref="ResourceNotFoundException">There is none of this name in the region.</exception>
    public Task<DescribeClusterResponse> DescribeClusterAsync(
        DescribeClusterRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(_describeCluster, request, cancellationToken);

    /// <summary>Lists the names of the clusters in the region, a page at a time.</summary>
    public Task<ListClustersResponse> ListClustersAsync(
        ListClustersRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(_listClusters, request, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new EksEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new EksSigning());
    }

    private Task<TResponse> SendAsync<TRequest, TResponse>(
        RestOperation<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request,
            new InvokeOptions { RequestMarshaller = operation, ResponseUnmarshaller = operation },
            cancellationToken);
}
