using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

public sealed class ApiServerFixtureTests(ApiServer server) : ApiServerTest(server)
{
    [Fact]
    public async Task The_server_tells_its_version()
    {
        var version = JsonNode.Parse(await Server.AdminClient.GetStringAsync("/version", Cancellation))!;

        Assert.Equal("1", version["major"]!.GetValue<string>());
        Assert.StartsWith("v1.", version["gitVersion"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubectl_reads_kube_system()
    {
        var result = await Server.KubectlAsync("get", "namespace", "kube-system", "--output=jsonpath={.status.phase}");

        Assert.Equal(new ProcessResult(0, "Active", ""), result);
    }

    [Fact]
    public async Task Kubectl_sees_what_the_administrator_put_there()
    {
        const string MapRoles = "- rolearn: arn:aws:iam::111122223333:role/one\n";
        await Server.AwsAuth.PutAsync(mapRoles: MapRoles);

        var result = await Server.KubectlAsync(
            "-n", "kube-system", "get", "configmap", "aws-auth", "-o", "jsonpath={.data.mapRoles}");

        Assert.Equal(MapRoles, result.Succeeded().Output);
    }

    [Fact]
    public async Task Every_test_begins_without_aws_auth() => Assert.Null(await Server.AwsAuth.GetAsync());

    [Fact]
    public async Task Putting_replaces_the_whole_object_and_changes_its_version()
    {
        var first = await Server.AwsAuth.PutAsync(mapRoles: "[]", mapUsers: "[]");

        var second = await Server.AwsAuth.PutAsync(mapAccounts: "[]");

        Assert.Equal("{\"mapAccounts\":\"[]\"}", second["data"]!.ToJsonString());
        Assert.NotEqual(Version(first), Version(second));
        Assert.Equal("[]", await Server.AwsAuth.GetTextAsync("mapAccounts"));
        Assert.Null(await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Theory]
    [InlineData(Credential.Certificate)]
    [InlineData(Credential.Token)]
    public async Task The_editor_may_create_get_and_patch_aws_auth(Credential credential)
    {
        using var editor = Server.CreateClient(Server.Editor, credential);

        Assert.Equal(HttpStatusCode.Created, await CreateAsync(editor));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(editor));
        Assert.Equal(HttpStatusCode.OK, await PatchAsync(editor));
        Assert.Equal("patched", await Server.AwsAuth.GetTextAsync("mapUsers"));
    }

    [Fact]
    public async Task The_editor_may_do_nothing_else()
    {
        await Server.AwsAuth.PutAsync(mapRoles: "[]");
        using var editor = Server.CreateClient(Server.Editor);

        var delete = await StatusAsync(editor.DeleteAsync(AwsAuthConfigMap.Path, Cancellation));
        var list = await StatusAsync(editor.GetAsync(AwsAuthConfigMap.Collection, Cancellation));
        var secrets = await StatusAsync(editor.GetAsync("/api/v1/namespaces/kube-system/secrets", Cancellation));

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], [delete, list, secrets]);
    }

    [Theory]
    [InlineData(Credential.Certificate)]
    [InlineData(Credential.Token)]
    public async Task Nobody_may_do_nothing(Credential credential)
    {
        await Server.AwsAuth.PutAsync(mapRoles: "[]");
        using var nobody = Server.CreateClient(Server.Nobody, credential);

        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(nobody));
        Assert.Equal(HttpStatusCode.Forbidden, await PatchAsync(nobody));
        Assert.Equal(HttpStatusCode.Forbidden, await CreateAsync(nobody));
    }

    [Fact]
    public async Task An_unknown_token_is_unauthorized()
    {
        using var stranger = Server.CreateClient(user: null);
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "token-of-a-stranger");

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(stranger));
    }

    [Theory]
    [InlineData(Credential.Certificate)]
    [InlineData(Credential.Token)]
    public async Task A_kubeconfig_has_a_context_for_each_user(Credential credential)
    {
        var kubeconfig = await Server.WriteKubeconfigAsync(Server.Address, credential, Server.Editor, Server.Nobody);

        Assert.Equal("yes\n", (await CanPatchAsync("editor")).Output);
        Assert.Equal("no\n", (await CanPatchAsync("nobody")).Output);

        // The later --kubeconfig wins over the administrator's.
        Task<ProcessResult> CanPatchAsync(string context) => Server.KubectlAsync(
            "--kubeconfig", kubeconfig, "--context", context, "--namespace", "kube-system",
            "auth", "can-i", "patch", "configmaps/aws-auth");
    }

    private static string Version(JsonObject configMap) =>
        configMap["metadata"]!["resourceVersion"]!.GetValue<string>();

    private static Task<HttpStatusCode> GetAsync(HttpClient client) =>
        StatusAsync(client.GetAsync(AwsAuthConfigMap.Path, Cancellation));

    private static async Task<HttpStatusCode> CreateAsync(HttpClient client)
    {
        using var content = new StringContent(
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"aws-auth"}}""", Encoding.UTF8, "application/json");
        return await StatusAsync(client.PostAsync(AwsAuthConfigMap.Collection, content, Cancellation));
    }

    private static async Task<HttpStatusCode> PatchAsync(HttpClient client)
    {
        using var content = new StringContent(
            """{"data":{"mapUsers":"patched"}}""", Encoding.UTF8, "application/merge-patch+json");
        return await StatusAsync(client.PatchAsync(AwsAuthConfigMap.Path, content, Cancellation));
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        return response.StatusCode;
    }
}
