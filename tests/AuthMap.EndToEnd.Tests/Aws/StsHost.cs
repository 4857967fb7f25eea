namespace AuthMap.EndToEnd;

/// <summary>The hosts of STS that an authenticator lets a token point at, by the partition it serves.</summary>
internal static class StsHost
{
    public const string Global = "sts.amazonaws.com";

    // A partition's regions begin with one of these, and its hosts end with one of those; aws takes what no other has.
    private static readonly (string Partition, string[] Regions, string[] Domains)[] Partitions =
    [
        ("aws-cn", ["cn-"], ["amazonaws.com.cn", "api.amazonwebservices.com.cn"]),
        ("aws-us-gov", ["us-gov-"], ["amazonaws.com", "api.aws"]),
        ("aws-iso-b", ["us-isob-"], ["sc2s.sgov.gov"]),
        ("aws-iso-e", ["eu-isoe-"], ["cloud.adc-e.uk"]),
        ("aws-iso-f", ["us-isof-"], ["csp.hci.ic.gov"]),
        ("aws-iso", ["us-iso-"], ["c2s.ic.gov"]),
        ("aws-eusc", ["eusc-"], ["amazonaws.eu", "api.amazonwebservices.eu"]),
        ("aws", [""], ["amazonaws.com", "api.aws"]),
    ];

    /// <summary>The region in a regional host; null for the global one and for what is none of STS.</summary>
    public static string? RegionOf(string host) =>
        host != Global && host.Split('.') is ["sts" or "sts-fips", var region, _, ..] ? region : null;

    /// <summary>Whether an authenticator of a partition asks this host; those of aws and aws-us-gov ask each other's.</summary>
    public static bool IsAllowed(string host, string partition)
    {
        if (host == Global)
        {
            return partition == "aws";
        }

        if (RegionOf(host) is not { } region)
        {
            return false;
        }

        var home = Partitions.First(known => known.Regions.Any(prefix => region.StartsWith(prefix, StringComparison.Ordinal)));
        return (home.Partition == partition || (IsPublic(home.Partition) && IsPublic(partition)))
            && home.Domains.Any(domain => host == $"sts.{region}.{domain}" || host == $"sts-fips.{region}.{domain}");
    }

    private static bool IsPublic(string partition) => partition is "aws" or "aws-us-gov";
}
