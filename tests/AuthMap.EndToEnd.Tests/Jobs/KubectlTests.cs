using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>The program and kubectl on the same map, each reading what the other wrote.</summary>
public sealed class KubectlTests(ApiServer server) : ProgramTest(server)
{
    private const string Map = $"""
        # reviewed by the platform team
        {Maps.Nodes}# people
        - rolearn: "{Maps.Other}"   # quoted
          username: 'other'

        """;

    [Fact]
    public async Task Kubectl_reads_what_was_written()
    {
        (await RunAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal(Maps.DevEntry, (await KubectlGetAsync("-o", "jsonpath={.data.mapRoles}")).Output);
        Assert.Equal("authmap", (await KubectlGetAsync(
            "-o", "jsonpath={.metadata.managedFields[*].manager}")).Output);
        var yaml = (await KubectlGetAsync("-o", "yaml")).Output;
        Assert.Contains($"  mapRoles: |\n    - rolearn: {Maps.Dev}\n      username: dev-user\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_kubectl_prints_is_a_manifest_with_the_same_mappings()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Map, mapUsers: "[]");
        (await RunAsync("create", Maps.CreateDev)).Succeeded();
        var manifest = await WriteFileAsync("aws-auth.yaml", (await KubectlGetAsync("-o", "yaml")).Output);

        var fromFile = (await Program.RunAsync("get", "mapping", "--manifest", manifest, "-o", "json")).Succeeded();
        var fromCluster = (await RunAsync("get", "-o", "json")).Succeeded();

        Assert.Equal(fromCluster, fromFile);
        Assert.Equal(3, JsonNode.Parse(fromFile.Output)!.AsArray().Count);
    }

    [Fact]
    public async Task What_kubectl_create_made_is_read_and_changed_without_a_warning()
    {
        var text = await WriteFileAsync("map", Map);
        await KubectlAsync("create", "configmap", "aws-auth", $"--from-file=mapRoles={text}");

        var change = (await RunAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal($"+ role  {Maps.Dev}  →  dev-user\neditor: 1 added\n", change.Error);
        // In the manner of its neighbours, quotes included.
        Assert.Equal(
            Map + $"- rolearn: \"{Maps.Dev}\"\n  username: 'dev-user'\n", await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Theory]
    [InlineData("kubectl apply")]
    [InlineData("kubectl apply", "--server-side")]
    [InlineData("Argo CD", "--server-side", "--field-manager=argocd-controller")]
    public async Task Whoever_applied_the_map_will_overwrite_the_change(string owner, params string[] how)
    {
        var manifest = await WriteFileAsync("aws-auth.yaml", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = "aws-auth", ["namespace"] = "kube-system" },
            ["data"] = new JsonObject { ["mapRoles"] = Map },
        }.ToJsonString());
        await KubectlAsync(["apply", "-f", manifest, .. how]);

        var list = (await RunAsync("get", "-o", "name")).Succeeded();
        var change = (await RunAsync("create", Maps.CreateDev)).Succeeded();
        var again = (await RunAsync("create", Maps.CreateDev)).Succeeded();

        var warning = $"warning: {owner} also writes this map and will overwrite the change unless it is made there, too\n";
        Assert.Equal("", list.Error);
        Assert.StartsWith(warning + "+ role", change.Error, StringComparison.Ordinal);
        Assert.StartsWith("= role", again.Error, StringComparison.Ordinal);
        Assert.StartsWith(Map, await Server.AwsAuth.GetTextAsync("mapRoles"), StringComparison.Ordinal);
    }

    private Task<ProcessResult> KubectlGetAsync(params string[] more) => KubectlAsync(["get", "configmap", "aws-auth", .. more]);

    private async Task<ProcessResult> KubectlAsync(params string[] arguments) =>
        (await Server.KubectlAsync(["--namespace", "kube-system", .. arguments])).Succeeded();
}
