using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Tools;

/// <summary>keikoproj/aws-auth.</summary>
internal sealed record AwsAuthTool(string Path) : Tool("aws-auth", Path)
{
    public override IReadOnlyList<string> VersionArguments => ["version"];

    public override Command? List(Place place) => On(place, "get");

    public override Command? Create(Place place, Newcomer newcomer, string mapRoles) => On(
        place, "upsert", "--maproles", "--rolearn", newcomer.Arn, "--username", newcomer.Username, "--groups", "developers");

    // With the defaults, 12 retries of 200 ms to 30 s, it takes minutes.
    public override Command? CreateAmongOthers(Place place, Newcomer newcomer, string mapRoles) =>
        Create(place, newcomer, mapRoles) is { } create
            ? create with
            {
                Arguments = [
                    .. create.Arguments,
                    "--retry", "--retry-min-time", "10ms", "--retry-max-time", "200ms", "--retry-max-count", "50",
                ],
            }
            : null;

    private Command? On(Place place, params string[] arguments) =>
        place.Kubeconfig is { } file ? Run(place, [.. arguments, "--kubeconfig", file]) : null;
}
