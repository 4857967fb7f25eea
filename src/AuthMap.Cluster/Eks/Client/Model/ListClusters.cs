using Amazon.Runtime;

namespace Amazon.EKS.Model;

/// <summary>Which page.</summary>
internal sealed class ListClustersRequest : AmazonWebServiceRequest
{
    /// <summary>How many at most, 1 to 100; null for 100.</summary>
    public int? MaxResults { get; set; }

    /// <summary>What the page before gave; null for the first.</summary>
    public string? NextToken { get; set; }
}

/// <summary>A page of names.</summary>
internal sealed class ListClustersResponse : AmazonWebServiceResponse
{
    public List<string>? Clusters { get; set; }

    /// <summary>Asks for the next page; null when this was the last.</summary>
    public string? NextToken { get; set; }
}
