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
            { Method: "GET" } => ApiServerFake.AnswerAsync(context, 200, new JsonObject { ["items"] = _listed.DeepClone() }.ToJsonString()),
            { Method: "POST" } when request.Path.EndsWith("/token", StringComparison.Ordinal) => ApiServerFake.AnswerAsync(
                context, 201, $$$"""{"spec": {"expirationSeconds": {{{_life.TotalSeconds}}}}, "status": {"token": "way-back"}}"""),
            _ => ApiServerFake.AnswerAsync(context, 200, """{"metadata": {"uid": "1"}}"""),
        };
    }
}
