using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Kubernetes;

namespace AuthMap.Cluster.Eks;

/// <summary>How to talk to EKS and to the clusters' API servers.</summary>
/// <param name="Version">The program's version, for user agents.</param>
public sealed record EksOptions(string Version)
{
    /// <summary>Gets a line for each request and for what the cache did, never with a secret. Null: nobody listens.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Asks a person for the code of an MFA device, which it is given; null when there is nobody to ask.</summary>
    public Func<string, string?>? AskMfaCode { get; init; }

    internal AwsOptions Aws => new(Version) { Log = Log, AskMfaCode = AskMfaCode };

    internal KubernetesOptions Kubernetes => new(Version) { Log = Log };
}
