using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>The job this program was made for.</summary>
public sealed class ScenarioTests(ApiServer server) : ProgramTest(server)
{
    private const string Integ = $"arn:aws:iam::{Maps.Account}:role/k8sInteg";
    private const string Admin = $"arn:aws:iam::{Maps.Account}:role/k8sAdmin";

    private const string ByHand = $"""
        {Maps.Nodes}- rolearn: {Integ}
          username: integ-user
        - groups:
          - system:masters
          rolearn: {Admin}
          username: admin

        """;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var map = JsonNode.Parse("""
            {
              "metadata": {
                "annotations": { "example.com/owner": "platform team" },
                "labels": { "team": "platform" }
              },
              "data": {
                "mapUsers": "[]\n",
                "notes": "  not ours:\n\t- to touch  \r\n",
                "other.json": "{}"
              },
              "binaryData": { "blob": "AAECAw==" }
            }
            """)!.AsObject();
        map["data"]!["mapRoles"] = Maps.Nodes;
        await Server.AwsAuth.PutAsync(map);
    }

    [Fact]
    public async Task It_ends_as_a_person_would_have_written_it_by_hand()
    {
        var before = (await Server.AwsAuth.GetAsync())!;

        await PlayAsync(RunAsync, saysContext: false);

        var after = (await Server.AwsAuth.GetAsync())!;
        before["data"]!["mapRoles"] = ByHand;
        Assert.Equal(before["data"]!.ToJsonString(), after["data"]!.ToJsonString());
        Assert.Equal("[]\n", after["data"]!["mapUsers"]!.GetValue<string>());
        Assert.Equal(before["binaryData"]!.ToJsonString(), after["binaryData"]!.ToJsonString());
        Assert.Equal("""{"team":"platform"}""", after["metadata"]!["labels"]!.ToJsonString());

        var annotations = after["metadata"]!["annotations"]!.AsObject();
        Assert.Equal(["authmap/history", "authmap/writes", "example.com/owner"], annotations.Select(pair => pair.Key).Order());
        Assert.Equal("platform team", annotations["example.com/owner"]!.GetValue<string>());
    }

    [Fact]
    public async Task It_works_with_the_kubeconfig_spread_over_the_files_of_KUBECONFIG()
    {
        var whole = await File.ReadAllTextAsync(await Server.WriteKubeconfigAsync(Server.Editor), Cancellation);
        var users = whole.IndexOf("users:\n", StringComparison.Ordinal);
        var first = await WriteFileAsync("first", whole[..users]);
        var second = await WriteFileAsync("second", $"apiVersion: v1\nkind: Config\n{whole[users..]}");
        Program.Environment["KUBECONFIG"] = $"{first}{Path.PathSeparator}/missing{Path.PathSeparator}{second}";

        await PlayAsync((verb, arguments) => Program.RunAsync([verb, "iamidentitymapping", .. arguments]), saysContext: true);

        Assert.Equal(ByHand, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task It_works_in_the_current_context_of_the_kubeconfig_at_home()
    {
        var home = Directory.CreateDirectory(Path.Combine(Program.Home, ".kube"));
        File.Copy(await Server.WriteKubeconfigAsync(Server.Editor, Server.Nobody), Path.Combine(home.FullName, "config"));

        await PlayAsync((verb, arguments) => Program.RunAsync([verb, "iamidentitymapping", .. arguments]), saysContext: true);

        Assert.Equal(ByHand, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    private static async Task PlayAsync(Func<string, string[], Task<ProcessResult>> run, bool saysContext)
    {
        await CreateAsync(Maps.Dev, "dev-user");
        await CreateAsync(Integ, "integ-user");
        await CreateAsync(Admin, "admin", "--group", "system:masters");

        var table = (await run("get", [])).Succeeded();
        Assert.Equal(
            ["ARN", "arn:aws:iam::111122223333:role/eksctl-eksworkshop-nodegroup-NodeInstanceRole-14TKBWBD7KWFH", Admin, Maps.Dev, Integ],
            table.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]));
        Assert.Equal(saysContext ? 1 : 0, Lines(table.Error));

        var json = JsonNode.Parse((await run("get", ["-o", "json"])).Succeeded().Output)!.AsArray();
        Assert.Equal(
            ["system:node:{{EC2PrivateDNSName}}", "dev-user", "integ-user", "admin"],
            json.Select(entry => entry!["username"]!.GetValue<string>()));
        Assert.Equal("""["system:masters"]""", json[3]!["groups"]!.ToJsonString());

        var delete = (await run("delete", ["--arn", Maps.Dev, "--username", "dev-user"])).Succeeded();
        Assert.Equal("", delete.Output);
        Assert.Contains($"- role  {Maps.Dev}  →  dev-user\neditor: 1 removed\n", delete.Error, StringComparison.Ordinal);

        async Task CreateAsync(string arn, string username, params string[] more)
        {
            var result = (await run("create", ["--arn", arn, "--username", username, .. more])).Succeeded();
            Assert.Equal("", result.Output);
            Assert.Contains($"+ role  {arn}  →  {username}", result.Error, StringComparison.Ordinal);
            Assert.EndsWith("editor: 1 added\n", result.Error, StringComparison.Ordinal);
            Assert.Equal(saysContext, result.Error.StartsWith("using context editor from ", StringComparison.Ordinal));
        }
    }

    private static int Lines(string text) => text.Count(character => character == '\n');
}
