using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Tools;

/// <summary>eksctl, which knows clusters by their names in EKS only.</summary>
internal sealed record EksctlTool(string Path) : Tool("eksctl", Path)
{
    public override IReadOnlyList<string> VersionArguments => ["version"];

    public override Command? List(Place place) => On(place, "get");

    public override Command? Create(Place place, Newcomer newcomer, string mapRoles) =>
        On(place, "create", "--arn", newcomer.Arn, "--username", newcomer.Username, "--group", "developers");

    /// <summary>It has nothing against conflicts.</summary>
    public override Command? CreateAmongOthers(Place place, Newcomer newcomer, string mapRoles) => null;

    private Command? On(Place place, string verb, params string[] arguments) => place.Cluster is { } cluster
        ? Run(place, [
            verb, "iamidentitymapping", "--cluster", cluster, "--region", place.Environment["AWS_REGION"], .. arguments,
        ])
        : null;
}
