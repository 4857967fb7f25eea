using System.Text.Json.Nodes;
using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Tools;

/// <summary>kubectl, which knows the object and nothing of what is in it.</summary>
internal sealed record KubectlTool(string Path) : Tool("kubectl", Path)
{
    public override IReadOnlyList<string> VersionArguments => ["version", "--client"];

    public override Command? List(Place place) => On(place, "get", "configmap", "aws-auth", "-o", "yaml");

    /// <summary>Sends a text that somebody has edited already: less work than adding an entry.</summary>
    public override Command? Create(Place place, Newcomer newcomer, string mapRoles) =>
        On(place, "patch", "configmap", "aws-auth", "--type", "merge", "-p", new JsonObject
        {
            ["data"] = new JsonObject { ["mapRoles"] = newcomer.AddTo(mapRoles) },
        }.ToJsonString());

    private Command? On(Place place, params string[] arguments) =>
        place.Kubeconfig is { } file ? Run(place, ["--kubeconfig", file, "-n", "kube-system", .. arguments]) : null;
}
