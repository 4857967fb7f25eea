using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

public sealed class FaultProxyTests(ApiServer server) : ApiServerTest(server)
{
    private const string MergePatch = "application/merge-patch+json";

    private FaultProxy proxy = null!;
    private HttpClient editor = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Server.AwsAuth.PutAsync(mapUsers: "before");
        proxy = await FaultProxy.StartAsync(Server);
        editor = Server.CreateClient(Server.Editor, Credential.Token, proxy.Address);
    }

    public override async ValueTask DisposeAsync()
    {
        // Missing where there is no server and the test was skipped.
        editor?.Dispose();
        if (proxy is not null)
        {
            await proxy.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_plan_everything_passes_unchanged()
    {
        var direct = await Server.AwsAuth.GetAsync();

        var text = await editor.GetStringAsync(AwsAuthConfigMap.Path, Cancellation);

        Assert.Equal(direct!.ToJsonString(), JsonNode.Parse(text)!.ToJsonString());
    }

    [Fact]
    public async Task Requests_are_recorded_with_what_they_carried()
    {
        editor.DefaultRequestHeaders.UserAgent.ParseAdd("somebody/1.0");

        using var response = await PatchAsync("after", "?fieldManager=somebody");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var request = Assert.Single(proxy.Requests);
        Assert.Equal($"PATCH {AwsAuthConfigMap.Path}?fieldManager=somebody", request.ToString());
        Assert.Equal("somebody/1.0", request.UserAgent);
        Assert.StartsWith(MergePatch, request.ContentType, StringComparison.Ordinal);
        Assert.Equal($"Bearer {Server.Editor.Token}", request.Authorization);
        Assert.Equal("""{"data":{"mapUsers":"after"}}""", request.Body);
    }

    [Fact]
    public async Task A_token_keeps_its_rights()
    {
        using var nobody = Server.CreateClient(Server.Nobody, Credential.Token, proxy.Address);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(nobody));
    }

    [Fact]
    public async Task Whoever_shows_a_certificate_becomes_the_administrator()
    {
        using var nobody = Server.CreateClient(Server.Nobody, Credential.Certificate, proxy.Address);
        using var anonymous = Server.CreateClient(user: null, Credential.Certificate, proxy.Address);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(nobody));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(anonymous));
    }

    [Fact]
    public async Task Kubectl_works_through_it()
    {
        var kubeconfig = await Server.WriteKubeconfigAsync(proxy.Address, Credential.Token, Server.Editor);

        var result = await Server.KubectlAsync(
            "--kubeconfig", kubeconfig, "-n", "kube-system", "get", "configmap", "aws-auth", "-o", "jsonpath={.data.mapUsers}");

        Assert.Equal("before", result.Succeeded().Output);
        Assert.Contains(proxy.Requests, request => request.Path == AwsAuthConfigMap.Path);
    }

    [Fact]
    public async Task Answers_of_its_own_never_reach_the_server()
    {
        proxy.Next(HttpMethod.Patch, Faults.Conflict);
        proxy.Next(HttpMethod.Patch, Faults.TooManyRequests(retryAfter: 7));
        proxy.Next(HttpMethod.Patch, Faults.InternalError);
        proxy.Next(HttpMethod.Patch, Faults.Unavailable);

        using var conflict = await PatchAsync("lost");
        using var tooMany = await PatchAsync("lost");
        using var internalError = await PatchAsync("lost");
        using var unavailable = await PatchAsync("lost");

        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        var status = JsonNode.Parse(await conflict.Content.ReadAsStringAsync(Cancellation))!;
        Assert.Equal("Conflict", status["reason"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), tooMany.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.InternalServerError, internalError.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unavailable.StatusCode);
        Assert.Equal(0, proxy.FaultsLeft);
        Assert.Equal("before", await Server.AwsAuth.GetTextAsync("mapUsers"));
    }

    [Fact]
    public async Task A_fault_waits_for_the_request_it_is_meant_for()
    {
        proxy.Next(HttpMethod.Patch, Faults.Conflict);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(editor));
        Assert.Equal(1, proxy.FaultsLeft);
        using var first = await PatchAsync("lost");
        using var second = await PatchAsync("after");

        Assert.Equal(HttpStatusCode.Conflict, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task A_swallowed_answer_is_a_write_that_happened()
    {
        proxy.Next(HttpMethod.Patch, Faults.SwallowAnswer);

        await Assert.ThrowsAsync<HttpRequestException>(() => PatchAsync("after"));

        Assert.Equal("after", await Server.AwsAuth.GetTextAsync("mapUsers"));
    }

    [Fact]
    public async Task Hanging_up_is_a_write_that_did_not_happen()
    {
        proxy.Next(HttpMethod.Patch, Faults.HangUp);

        await Assert.ThrowsAsync<HttpRequestException>(() => PatchAsync("lost"));

        Assert.Equal("before", await Server.AwsAuth.GetTextAsync("mapUsers"));
    }

    [Fact]
    public async Task A_truncated_answer_ends_in_the_middle_of_its_body()
    {
        proxy.Next(Faults.Truncate(10));
        using var response = await editor.GetAsync(AwsAuthConfigMap.Path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        var beginning = new byte[10];

        await body.ReadExactlyAsync(beginning, Cancellation);

        Assert.Equal("{\"kind\":\"C", Encoding.UTF8.GetString(beginning));
        Assert.True(response.Content.Headers.ContentLength > 10);
        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadExactlyAsync(beginning, Cancellation).AsTask());
    }

    [Fact]
    public async Task A_delayed_request_reaches_the_server_when_it_is_let_go()
    {
        var release = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        proxy.Next(Faults.Before(_ =>
        {
            arrived.SetResult();
            return release.Task;
        }));

        var patch = PatchAsync("after");
        await arrived.Task.WaitAsync(Cancellation);
        Assert.Equal("before", await Server.AwsAuth.GetTextAsync("mapUsers"));
        Assert.False(patch.IsCompleted);
        release.SetResult();
        using var response = await patch;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("after", await Server.AwsAuth.GetTextAsync("mapUsers"));
    }

    [Fact]
    public async Task A_client_that_gives_up_during_a_delay_has_sent_nothing()
    {
        var left = new TaskCompletionSource();
        proxy.Next(async exchange =>
        {
            await using var gone = exchange.ClientGone.Register(left.SetResult);
            await Faults.Delay(TimeSpan.FromMinutes(5))(exchange);
        });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PatchAsync("lost", cancellation: patience.Token));
        await left.Task.WaitAsync(Cancellation);

        Assert.Equal("before", await Server.AwsAuth.GetTextAsync("mapUsers"));
    }

    [Fact]
    public async Task Another_writer_between_read_and_write_makes_a_real_conflict()
    {
        proxy.Next(HttpMethod.Get, Faults.After(_ => Server.AwsAuth.PutAsync(mapUsers: "theirs")));

        var read = JsonNode.Parse(await editor.GetStringAsync(AwsAuthConfigMap.Path, Cancellation))!;
        var version = read["metadata"]!["resourceVersion"]!.GetValue<string>();
        using var response = await SendPatchAsync(
            $$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"data":{"mapUsers":"ours"}}""", "", Cancellation);

        Assert.Equal("before", read["data"]!["mapUsers"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("theirs", await Server.AwsAuth.GetTextAsync("mapUsers"));
    }

    private Task<HttpResponseMessage> PatchAsync(string mapUsers, string query = "", CancellationToken? cancellation = null) =>
        SendPatchAsync($$$"""{"data":{"mapUsers":"{{{mapUsers}}}"}}""", query, cancellation ?? Cancellation);

    private async Task<HttpResponseMessage> SendPatchAsync(string json, string query, CancellationToken cancellation)
    {
        using var content = new StringContent(json, Encoding.UTF8, MergePatch);
        return await editor.PatchAsync(AwsAuthConfigMap.Path + query, content, cancellation);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync(AwsAuthConfigMap.Path, Cancellation);
        return response.StatusCode;
    }
}
