using System.Buffers.Text;
using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;

namespace AuthMap.Cluster.Aws;

/// <summary>Tokens of aws-iam-authenticator: a request to STS, signed in advance, that the cluster sends to learn who signed it.</summary>
internal static class ClusterToken
{
    // The authenticator takes up to 15 minutes from the signature, whatever stands here; STS insists on this.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Makes a token.</summary>
    /// <param name="clusterId">The cluster's name; of a local cluster on an Outpost, its id.</param>
    /// <param name="credentials">Who signs.</param>
    /// <param name="region">The region of STS.</param>
    /// <param name="sts">The URL of STS.</param>
    /// <param name="now">The time of the signature.</param>
    public static string Make(string clusterId, ImmutableCredentials credentials, string region, Uri sts, DateTimeOffset now)
    {
        var request = new AWSSigningRequest
        {
            HttpMethod = HttpMethod.Get,
            RequestUri = new Uri(sts, "/?Action=GetCallerIdentity&Version=2011-06-15"),
            Headers = { ["x-k8s-aws-id"] = clusterId },
        };
        var signer = new AWSSigV4Parameters
        {
            Credentials = credentials.UseToken
                ? new SessionAWSCredentials(credentials.AccessKey, credentials.SecretKey, credentials.Token)
                : new BasicAWSCredentials(credentials.AccessKey, credentials.SecretKey),
            Region = RegionEndpoint.GetBySystemName(region),
            Service = "sts",
            SignedAt = now.UtcDateTime,
        };
        var url = AWSSigV4Signer.Presign(request, signer, Lifetime).Uri.AbsoluteUri;
        return "k8s-aws-v1." + Base64Url.EncodeToString(Encoding.ASCII.GetBytes(url));
    }
}
