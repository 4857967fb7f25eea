using Amazon.Runtime;

namespace Amazon.EKS.Model;

/// <summary>Which cluster.</summary>
internal sealed class DescribeClusterRequest : AmazonWebServiceRequest
{
    public string? Name { get; set; }
}

/// <summary>The cluster.</summary>
internal sealed class DescribeClusterResponse : AmazonWebServiceResponse
{
    public Cluster? Cluster { get; set; }
}
