using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Tools;

/// <summary>authmap.</summary>
internal sealed record AuthMapTool(string Path) : Tool("authmap", Path)
{
    public override IReadOnlyList<string> VersionArguments => ["version"];

    public override Command List(Place place) => Run(place, ["get", "iamidentitymapping", .. Source(place)]);

    public override Command Create(Place place, Newcomer newcomer, string mapRoles) => Run(place, [
        "create", "iamidentitymapping", .. Source(place),
        "--arn", newcomer.Arn, "--username", newcomer.Username, "--group", "developers",
    ]);

    /// <summary>Works out the change without writing it.</summary>
    public Command Plan(Place place, Newcomer newcomer)
    {
        var create = Create(place, newcomer, "");
        return create with { Arguments = [.. create.Arguments, "--dry-run"] };
    }

    /// <summary>Makes the map hold everything that a file lists.</summary>
    public Command Apply(Place place, string file) => Run(place, ["apply", .. Source(place), "-f", file]);

    private static string[] Source(Place place) => place switch
    {
        { Manifest: { } file } => ["--manifest", file],
        { Cluster: { } cluster } => ["--cluster", cluster],
        _ => ["--kubeconfig", place.Kubeconfig!],
    };
}
