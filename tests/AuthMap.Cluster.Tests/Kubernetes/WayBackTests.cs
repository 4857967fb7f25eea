using System.Globalization;
using System.Text.Json.Nodes;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Confirming;
using Microsoft.AspNetCore.Http;

namespace AuthMap.Cluster.Tests.Kubernetes;

/// <summary>A way back by a service account of its own.</summary>
public sealed class WayBackTests : IAsyncLifetime
{
    private const string Accounts = "/api/v1/namespaces/kube-system/serviceaccounts";

    private static readonly TimeSpan _life = TimeSpan.FromMinutes(12);

    private readonly Workspace _work = new();
    private readonly JsonArray _listed = [];
    private string? _list;
    private string _made = """{"metadata": {"uid": "1"}}""";
    private string _token = $$$"""{"spec": {"expirationSeconds": {{{_life.TotalSeconds}}}}, "status": {"token": "way-back"}}""";
    private ApiServerFake _server = null!;
    private KubernetesTarget _target = null!;
    private Func<SeenRequest, int?> _refuse = _ => null;
    private TimeSpan _ahead;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IEntrance Entrance => _target.Store.Entrance!;

    public async ValueTask InitializeAsync()
    {
        _server = (await ApiServerFake.StartAsync(null)).With(("mapRoles", "- rolearn: <&'>\n"));
        _server.Instead = AnswerAsync;
        Directory.CreateDirectory(_work.Path("run"));
        _work.Kubeconfig($"{{server: \"http://127.0.0.1:{_server.Port}\"}}", "{token: secret}").Set("XDG_RUNTIME_DIR", _work.Path("run"));
        _target = _work.Target(options: new KubernetesOptions("1"));
    }

    public async ValueTask DisposeAsync()
    {
        _target.Dispose();
        await _server.DisposeAsync();
        _work.Dispose();
    }

    [Fact]
    public async Task Its_files_go_when_its_service_account_is_gone()
    {
        var way = await OpenAsync();

        Assert.Equal([], await way.CloseAsync(Stop));

        Assert.Empty(Files);
    }

    [Fact]
    public async Task Its_files_stay_and_are_named_when_its_service_account_stays()
    {
        var way = await OpenAsync();
        _refuse = request => request.Method == "DELETE" ? 403 : null;

        var left = Assert.Single(await way.CloseAsync(Stop));

        Assert.Equal(2, Files.Length);
        Assert.All(Files, file => Assert.Contains(file, left));
        Assert.Contains("in kube-system could not be removed: ", left);
    }

    [Fact]
    public async Task A_role_that_stays_is_the_clusters_to_remove()
    {
        var way = await OpenAsync();
        _refuse = request => request.Method == "DELETE" && !request.Path.StartsWith(Accounts, StringComparison.Ordinal) ? 403 : null;

        Assert.Equal([], await way.CloseAsync(Stop));

        Assert.Empty(Files);
    }

    [Fact]
    public async Task Its_patch_is_readable()
    {
        var way = await OpenAsync();

        Assert.Contains("- rolearn: <&'>", await File.ReadAllTextAsync(Files.Single(file => file.EndsWith(".patch.json", StringComparison.Ordinal)), Stop));
        await way.CloseAsync(Stop);
    }

    [Fact]
    public async Task Where_there_is_no_map_the_right_to_patch_it_is_tried_all_the_same()
    {
        _server.Map = null;
        _refuse = request => request.Method == "PATCH" ? 422 : null;

        var failure = (await Assert.ThrowsAsync<AuthMapException>(OpenAsync)).Failure;

        Assert.Equal("no way back can be made, so nothing was written: ctx does not let it patch aws-auth: 422", failure.Message);
    }

    [Theory]
    [InlineData(5, 0, false)]
    [InlineData(5, 10, true)]
    [InlineData(-5, -10, false)]
    [InlineData(-15, -10, true)]
    public async Task What_is_over_the_server_knows(int expires, int ahead, bool goes)
    {
        _ahead = TimeSpan.FromHours(ahead);
        List(DateTimeOffset.UtcNow.AddHours(expires));

        await Entrance.SweepAsync(Stop);

        Assert.Equal(goes, _server.Requests.Any(request => request.Method == "DELETE"));
    }

    [Fact]
    public async Task Its_own_end_is_in_the_servers_time()
    {
        _ahead = TimeSpan.FromHours(-10);
        await Entrance.SweepAsync(Stop);

        var way = await OpenAsync();

        var made = JsonNode.Parse(_server.Requests.First(request => request.Method == "POST").Body)!;
        var expires = DateTimeOffset.Parse((string)made["metadata"]!["annotations"]!["authmap/expires"]!, CultureInfo.InvariantCulture);
        Assert.InRange(expires - DateTimeOffset.UtcNow, _life - TimeSpan.FromHours(10.1), _life - TimeSpan.FromHours(9.9));
        Assert.InRange(way.Expires - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(10), _life);
        await way.CloseAsync(Stop);
    }

    [Fact]
    public async Task It_is_made_of_a_service_account_a_role_and_a_binding()
    {
        var way = await OpenAsync();

        var made = _server.Requests.Where(request => request.Method == "POST").ToList();
        var name = (string)JsonNode.Parse(made[0].Body)!["metadata"]!["name"]!;
        var expires = (string)JsonNode.Parse(made[0].Body)!["metadata"]!["annotations"]!["authmap/expires"]!;
        var metadata = $$$"""
            "name":"{{{name}}}","labels":{"app.kubernetes.io/managed-by":"authmap","app.kubernetes.io/component":"way-back"},"annotations":{"authmap/expires":"{{{expires}}}"}
            """;
        var owned = $$$"""
            {{{metadata}}},"ownerReferences":[{"apiVersion":"v1","kind":"ServiceAccount","name":"{{{name}}}","uid":"1"}]
            """;
        const string Rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system";
        Assert.Equal(
            [
                (Accounts, $$$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{{{{metadata}}}}}"""),
                ($"{Rbac}/roles", $$$"""
                    {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{{{{owned}}}},"rules":[{"apiGroups":[""],"resources":["configmaps"],"resourceNames":["aws-auth"],"verbs":["get","patch"]},{"apiGroups":[""],"resources":["serviceaccounts"],"resourceNames":["{{{name}}}"],"verbs":["delete"]}]}
                    """),
                ($"{Rbac}/rolebindings", $$$"""
                    {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{{{{owned}}}},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"{{{name}}}"},"subjects":[{"kind":"ServiceAccount","name":"{{{name}}}","namespace":"kube-system"}]}
                    """),
                ($"{Accounts}/{name}/token", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":720}}"""),
            ],
            made.Select(request => (request.Path, request.Body)));
        await way.CloseAsync(Stop);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\uFEFF{}")]
    [InlineData("""{"metadata": {"uid": "1"}""")]
    [InlineData("""{"metadata": []}""")]
    [InlineData("""{"metadata": {"uid": 1}}""")]
    [InlineData("""{"metadata": {"uid": "\ud800"}}""")]
    public async Task An_answer_that_is_no_object_ends_it(string made)
    {
        _made = made;

        var failure = (await Assert.ThrowsAsync<AuthMapException>(OpenAsync)).Failure;

        Assert.Equal(
            "no way back can be made, so nothing was written: ctx does not answer as a Kubernetes API server does: 200, application/json", failure.Message);
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"metadata": null}""", "")]
    [InlineData("""{"metadata": {"uid": null, "name": "x"}, "secrets": [{}]}""", "")]
    [InlineData("""{"metadata": {"uid": "1", "uid": "2"}}""", "2")]
    public async Task An_object_may_say_less_and_more(string made, string owner)
    {
        _made = made;

        var way = await OpenAsync();

        var role = JsonNode.Parse(_server.Requests.First(request => request.Path.EndsWith("/roles", StringComparison.Ordinal)).Body)!;
        Assert.Equal(owner, (string?)role["metadata"]!["ownerReferences"]![0]!["uid"]);
        await way.CloseAsync(Stop);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"spec": {"expirationSeconds": 720}}""")]
    [InlineData("""{"spec": {"expirationSeconds": 720}, "status": null}""")]
    [InlineData("""{"spec": {"expirationSeconds": 720}, "status": "way-back"}""")]
    [InlineData("""{"spec": {"expirationSeconds": 720}, "status": {"token": null}}""")]
    [InlineData("""{"spec": {"expirationSeconds": 720}, "status": {"token": ""}}""")]
    [InlineData("""{"spec": {"expirationSeconds": 720}, "status": {"token": 1}}""")]
    [InlineData("""{"spec": {"expirationSeconds": "720"}, "status": {"token": "way-back"}}""")]
    [InlineData("""{"spec": {"expirationSeconds": 720.5}, "status": {"token": "way-back"}}""")]
    [InlineData("""{"spec": {"expirationSeconds": null}, "status": {"token": "way-back"}}""")]
    [InlineData("""{"spec": {}, "status": {"token": "way-back"}}""")]
    [InlineData("""{"spec": [], "status": {"token": "way-back"}}""")]
    [InlineData("""{"status": {"token": "way-back"}}""")]
    [InlineData("""{"spec": {"expirationSeconds": 720}, "status": {"token": "way-back"}""")]
    public async Task An_answer_without_a_token_ends_it(string token)
    {
        _token = token;

        var failure = (await Assert.ThrowsAsync<AuthMapException>(OpenAsync)).Failure;

        Assert.EndsWith("ctx does not answer as a Kubernetes API server does: 201, application/json", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"spec": {"expirationSeconds": 719}, "status": {"token": "way-back"}}""", 719)]
    [InlineData("""{"spec": {"expirationSeconds": 720, "expirationSeconds": 600}, "status": {"token": "way-back"}}""", 600)]
    public async Task A_token_for_a_shorter_time_ends_it(string token, int seconds)
    {
        _token = token;

        var failure = (await Assert.ThrowsAsync<AuthMapException>(OpenAsync)).Failure;

        Assert.EndsWith($"ctx gives out tokens for {seconds} s only", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"items": null}""")]
    [InlineData("""{"items": {}}""")]
    [InlineData("""{"items": ["x"]}""")]
    [InlineData("""{"items": [{}, {"metadata": null}, {"metadata": {"name": null}}, {"metadata": {"name": "authmap-way-back-0"}}]}""")]
    [InlineData("""{"items": [{"metadata": {"name": "authmap-way-back-0", "annotations": null}}]}""")]
    [InlineData("""{"items": [{"metadata": {"name": "authmap-way-back-0", "annotations": {"authmap/expires": null}}}]}""")]
    [InlineData("""{"items": [{"metadata": {"name": "authmap-way-back-0", "annotations": {"authmap/expires": "soon"}}}]}""")]
    [InlineData("""{"items": [{"metadata": {"name": "authmap-way-back-0", "annotations": {"authmap/expires": 1}}}]}""")]
    [InlineData("""{"items": [{"metadata": {"name": "other", "annotations": {"authmap/expires": "2020-01-01T00:00:00Z"}}}]}""")]
    [InlineData("""{"items": [{"metadata": {"name": "authmap-way-back-0", "annotations": {"authmap/expires": "2020-01-01T00:00:00Z"}}}, 1]}""")]
    public async Task A_list_that_says_of_nothing_that_its_time_is_over_removes_nothing(string list)
    {
        _list = list;

        await Entrance.SweepAsync(Stop);

        Assert.DoesNotContain(_server.Requests, request => request.Method == "DELETE");
    }

    private string[] Files => Directory.GetFiles(_work.Path("run"), "authmap-way-back-*", SearchOption.AllDirectories);

    private async Task<IWayBack> OpenAsync()
    {
        await _target.Store.ReadAsync(Stop);
        var way = await Entrance.OpenWayBackAsync(_life, Stop);
        way.KeepPatch(new Dictionary<string, string?> { ["mapRoles"] = "- rolearn: <&'>\n" });
        return way;
    }

    private void List(DateTimeOffset expires) => _listed.Add(new JsonObject
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = "authmap-way-back-0000000000",
            ["annotations"] = new JsonObject { ["authmap/expires"] = expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) },
        },
    });

    private Task<bool> AnswerAsync(HttpContext context, SeenRequest request)
    {
        context.Response.Headers.Date = (DateTimeOffset.UtcNow + _ahead).ToString("R", CultureInfo.InvariantCulture);
        if (_refuse(request) is { } status)
        {
            return ApiServerFake.RefuseAsync(context, status, "No", "no");
        }

        return request switch
        {
            { Path: ApiServerFake.Path } => Task.FromResult(false),
            { Method: "GET" } => ApiServerFake.AnswerAsync(context, 200, _list ?? new JsonObject { ["items"] = _listed.DeepClone() }.ToJsonString()),
            { Method: "POST" } when request.Path.EndsWith("/token", StringComparison.Ordinal) => ApiServerFake.AnswerAsync(context, 201, _token),
            _ => ApiServerFake.AnswerAsync(context, 200, _made),
        };
    }
}
