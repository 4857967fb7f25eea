using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Tools;

/// <summary>aws-iam-authenticator, which can add to the map but not list it.</summary>
internal sealed record AuthenticatorTool(string Path) : Tool("aws-iam-authenticator", Path)
{
    public override IReadOnlyList<string> VersionArguments => ["version"];

    public override Command? Create(Place place, Newcomer newcomer, string mapRoles) => place.Kubeconfig is { } file
        ? Run(
            place, "add", "role", "--prompt=false", "--kubeconfig", file,
            "--rolearn", newcomer.Arn, "--username", newcomer.Username, "--groups", "developers")
        : null;

    /// <summary>It has nothing against conflicts.</summary>
    public override Command? CreateAmongOthers(Place place, Newcomer newcomer, string mapRoles) => null;
}
