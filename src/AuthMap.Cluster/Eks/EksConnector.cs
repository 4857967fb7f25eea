using System.Buffers;
using AuthMap.Arns;
using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Eks.Cache;

namespace AuthMap.Cluster.Eks;

/// <summary>Finds the cluster that an <see cref="EksSource"/> means.</summary>
/// <param name="host">Where to look for credentials, proxies and the user's cache.</param>
/// <param name="clock">Time.</param>
/// <param name="options">How to talk to it.</param>
public sealed class EksConnector(HostEnvironment host, TimeProvider clock, EksOptions options)
{
    private const int LongestName = 100;
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Finds out who asks, and in which region. Before the store is used, nothing is contacted.</summary>
    /// <param name="source">The cluster as the user named it.</param>
    /// <exception cref="AuthMapException">The name cannot be a cluster's, there is no region or no such profile
    /// (<see cref="FailureKind.Usage"/>), or the profile cannot work.</exception>
    public EksTarget Resolve(EksSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckName(source.Cluster);
        var session = AwsSession.Open(source.Aws, host, options.Aws, clock);
        var subject = new EksSubject(source.Cluster, session);
        var finder = new ClusterFinder(subject, source.UseCache ? new ClusterCache(host, clock, options.Log) : null, clock);
        return new(new EksStore(subject, finder, description => EksCluster.Open(subject, description, host, options, clock)), session);
    }

    // The API's own rule; it also keeps the name from meaning anything in a URL.
    private static void CheckName(string name)
    {
        if (name.Length is 0 or > LongestName || !char.IsAsciiLetterOrDigit(name[0]) || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            var hint = Arn.TryParse(name, out var arn, out _) && arn is { Service: "eks" } && arn.Resource.Split('/') is ["cluster", var named]
                ? $"give its name: --cluster {named} --region {arn.Region}"
                : "a name has letters, digits, - and _, begins with a letter or digit and is at most 100 characters long";
            throw new AuthMapException(FailureKind.Usage, $"\"{name}\" is no name of an EKS cluster", hint);
        }
    }
}
