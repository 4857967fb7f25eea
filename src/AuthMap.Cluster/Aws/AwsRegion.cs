using System.Buffers;
using AuthMap.Cluster.Aws.Config;

namespace AuthMap.Cluster.Aws;

/// <summary>Where the calls go.</summary>
internal static class AwsRegion
{
    private const int LongestLabel = 63;
    private static readonly SearchValues<char> _characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Finds the region: <c>--region</c>, <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c>, the profile's. No list of regions is
    /// asked: what is not known yet works.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: there is none, or it can be none.</exception>
    public static string Find(string? typed, HostEnvironment host, AwsProfile? profile)
    {
        var candidates = new (string? Region, string From)[]
        {
            (typed, "--region"),
            (host["AWS_REGION"], "AWS_REGION"),
            (host["AWS_DEFAULT_REGION"], "AWS_DEFAULT_REGION"),
            (profile?["region"], $"profile \"{profile?.Name}\""),
        };
        foreach (var (region, from) in candidates)
        {
            if (region is not null)
            {
                return Check(region, from);
            }
        }

        var where = profile is null ? "no profile is chosen, and there is no profile \"default\"" : $"profile \"{profile.Name}\" has no region";
        throw new AuthMapException(new Failure(
            FailureKind.Usage,
            "no AWS region is chosen",
            [$"AWS_REGION and AWS_DEFAULT_REGION are not set; {where}"],
            "choose one with --region"));
    }

    // It becomes part of a host name.
    private static string Check(string region, string from) =>
        region.Length is > 0 and <= LongestLabel
        && !region.AsSpan().ContainsAnyExcept(_characters)
        && !region.StartsWith('-') && !region.EndsWith('-')
            ? region
            : throw new AuthMapException(
                FailureKind.Usage, $"\"{region}\" is not an AWS region ({from})", "a region looks like this: eu-west-1");
}
