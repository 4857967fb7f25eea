using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Editing;
using Microsoft.AspNetCore.Http;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class ConfigMapStoreTests : ApiServerTest
{
    private IAwsAuthStore Store => Target.Store;

    private protected override void Prepare()
    {
        Work.Kubeconfig($"{{server: \"http://127.0.0.1:{Server.Port}/prefix/\"}}", "{token: secret}");
        Server.With(("mapRoles", "- rolearn: é\n"), ("other", "kept"));
    }

    private static WriteRequest Change(string text = "[]", params (string Name, string Value)[] annotations) =>
        new(new Dictionary<string, string> { ["mapUsers"] = text }, annotations.ToDictionary(pair => pair.Name, pair => pair.Value));

    private void Answer(int status, string reason, string message, string? retryAfter = null) => Server.Instead = (context, _) =>
    {
        context.Response.Headers.RetryAfter = retryAfter;
        return ApiServerFake.RefuseAsync(context, status, reason, message);
    };

    [Theory]
    [InlineData("{server: https://10.0.0.1:6443}", "ctx 10.0.0.1:6443")]
    [InlineData("{server: \"https://user:password@10.0.0.1/prefix\"}", "ctx 10.0.0.1/prefix")]
    public void A_cluster_is_known_by_its_context_and_url(string cluster, string identity)
    {
        using var work = new Workspace().Kubeconfig(cluster);
        using var target = work.Target();

        Assert.Equal(identity, target.Store.Identity);
    }

    [Fact]
    public void A_cluster_that_is_named_by_its_arn_is_known_by_that()
    {
        const string Arn = "arn:aws:eks:eu-west-1:111122223333:cluster/dev";
        using var work = new Workspace();
        work.Kubeconfig("{server: https://10.0.0.1}");
        var path = work.Path("home/.kube/config");
        File.WriteAllText(path, File.ReadAllText(path).Replace("- name: c\n", $"- name: {Arn}\n").Replace("cluster: c,", $"cluster: {Arn},"));
        using var target = work.Target();

        Assert.Equal(Arn, target.Store.Identity);
    }

    [Fact]
    public async Task Reading_is_one_request()
    {
        Server.Map!["metadata"]!["annotations"] = new JsonObject { ["a"] = "b" };

        var snapshot = await Store.ReadAsync(Stop);

        Assert.Equal(("100", true), (snapshot.Version, snapshot.Exists));
        Assert.Equal("- rolearn: é\n", snapshot.Data["mapRoles"]);
        Assert.Equal("b", snapshot.Annotations["a"]);
        Assert.Equal(("GET", "/prefix" + ApiServerFake.Path), (Server.Requests.Single().Method, Server.Requests.Single().Path));
        Assert.Matches($"^GET /prefix{ApiServerFake.Path} 200 [0-9]+ ms$", Assert.Single(Log));
    }

    [Fact]
    public async Task An_object_without_data_is_an_empty_map()
    {
        Server.Map!.Remove("data");

        Assert.Empty((await Store.ReadAsync(Stop)).Data);
    }

    [Fact]
    public async Task A_change_is_a_strategic_merge_patch_of_what_changes_and_the_version()
    {
        var result = await Store.WriteAsync(await Store.ReadAsync(Stop), Change("# <é'+>\n", ("authmap.example/id", "x")), Stop);

        var patch = Server.Requests[^1];
        Assert.Equal(new Written("101"), result);
        Assert.Equal(("PATCH", "?fieldManager=authmap", "application/strategic-merge-patch+json"), (patch.Method, patch.Query, patch.Header("Content-Type")));
        Assert.Equal(
            """{"data":{"mapUsers":"# <é'+>\n"},"metadata":{"annotations":{"authmap.example/id":"x"},"resourceVersion":"100"}}""",
            patch.Body);
        Assert.Equal("kept", (string?)Server.Map!["data"]!["other"]);
    }

    [Fact]
    public async Task A_patch_names_what_goes_and_no_annotations_where_there_are_none()
    {
        var read = await Store.ReadAsync(Stop);

        await Store.WriteAsync(read, Change("") with { Removed = ["mapRoles", "é"] }, Stop);
        await Store.WriteAsync(read, new(new Dictionary<string, string>(), new Dictionary<string, string> { ["a/b"] = "" }), Stop);

        Assert.Equal(
            [
                """{"data":{"mapUsers":"","mapRoles":null,"é":null},"metadata":{"resourceVersion":"100"}}""",
                """{"metadata":{"annotations":{"a/b":""},"resourceVersion":"100"}}""",
            ],
            Server.Requests.Skip(1).Select(request => request.Body));
    }

    [Fact]
    public async Task A_map_may_be_large()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"- rolearn: \"{new string('x', i % 7)}\"\n  username: '<é漢>'\t😀\\\n"));

        await Store.WriteAsync(await Store.ReadAsync(Stop), Change(text), Stop);

        var escaped = text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t").Replace("😀", "\\uD83D\\uDE00");
        Assert.Equal($$$"""{"data":{"mapUsers":"{{{escaped}}}"},"metadata":{"resourceVersion":"100"}}""", Server.Requests[^1].Body);
        Assert.Equal(text, (await Store.ReadAsync(Stop)).Data["mapUsers"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_what_it_wrote_it_asks_for_the_metadata_alone_and_takes_the_object_too(bool knowsNoParts)
    {
        Server.KnowsParts = !knowsNoParts;
        var read = await Store.ReadAsync(Stop);

        Assert.Equal(new Written("101"), await Store.WriteAsync(read, Change(), Stop));
        Assert.Equal(
            ["application/json", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json"],
            Server.Requests.Select(request => request.Header("Accept")));
    }

    [Fact]
    public async Task An_answer_to_a_read_that_is_metadata_alone_is_no_map()
    {
        Server.Instead = (context, _) => ApiServerFake.AnswerAsync(
            context, 200, """{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"aws-auth","resourceVersion":"1"}}""");

        await Assert.ThrowsAsync<AuthMapException>(() => Store.ReadAsync(Stop));
    }

    [Fact]
    public async Task An_absent_object_is_created()
    {
        Server.Map = null;
        var read = await Store.ReadAsync(Stop);

        var result = await Store.WriteAsync(read, Change(), Stop);

        Assert.False(read.Exists);
        Assert.IsType<Written>(result);
        Assert.Equal(
            """{"apiVersion":"v1","data":{"mapUsers":"[]"},"kind":"ConfigMap","metadata":{"name":"aws-auth","namespace":"kube-system"}}""",
            Server.Requests[^1].Body);
        Assert.IsType<Conflicted>(await Store.WriteAsync(read, Change(), Stop));
    }

    [Fact]
    public async Task An_object_may_be_created_without_data_and_with_annotations()
    {
        Server.Map = null;
        var read = await Store.ReadAsync(Stop);

        await Store.WriteAsync(read, new(new Dictionary<string, string>(), new Dictionary<string, string> { ["a/b"] = "<é>" }), Stop);

        Assert.Equal(
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"annotations":{"a/b":"<é>"},"name":"aws-auth","namespace":"kube-system"}}""",
            Server.Requests[^1].Body);
    }

    [Fact]
    public async Task A_change_of_somebody_else_is_a_conflict_and_so_is_a_removal()
    {
        var read = await Store.ReadAsync(Stop);
        Server.Touch();

        Assert.Contains("has been modified", Assert.IsType<Conflicted>(await Store.WriteAsync(read, Change(), Stop)).Reason, StringComparison.Ordinal);
        Server.Map = null;
        Assert.IsType<Conflicted>(await Store.WriteAsync(read, Change(), Stop));
    }

    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("date", 50, 60)]
    [InlineData(null, -1, -1)]
    public async Task Throttling_defers_a_write(string? retryAfter, int atLeast, int atMost)
    {
        var read = await Store.ReadAsync(Stop);
        Answer(429, "TooManyRequests", "slow down", retryAfter == "date" ? DateTimeOffset.UtcNow.AddSeconds(60).ToString("R") : retryAfter);

        var deferred = Assert.IsType<Deferred>(await Store.WriteAsync(read, Change(), Stop));

        Assert.Equal("slow down", deferred.Reason);
        Assert.InRange(deferred.RetryAfter?.TotalSeconds ?? -1, atLeast, atMost);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_server_fault_leaves_a_write_unsettled_and_it_is_sent_once(int status)
    {
        var read = await Store.ReadAsync(Stop);
        Answer(status, "InternalError", "etcd is busy");

        var failure = Assert.IsType<Unsettled>(await Store.WriteAsync(read, Change(), Stop)).Failure;

        Assert.Equal((FailureKind.Unreachable, $"ctx cannot answer at the moment: {status}"), (failure.Kind, failure.Message));
        Assert.Equal(["etcd is busy"], failure.Details);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task A_lost_answer_leaves_a_write_unsettled_and_it_is_sent_once()
    {
        var read = await Store.ReadAsync(Stop);
        Server.Instead = (context, _) =>
        {
            context.Abort();
            return Task.FromResult(true);
        };

        Assert.IsType<Unsettled>(await Store.WriteAsync(read, Change(), Stop));
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_nobody_waited_for_leaves_a_write_unsettled()
    {
        var read = await Store.ReadAsync(Stop);
        using var impatient = new CancellationTokenSource();
        Server.Instead = async (context, _) =>
        {
            await impatient.CancelAsync();
            await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
            return true;
        };

        var failure = Assert.IsType<Unsettled>(await Store.WriteAsync(read, Change(), impatient.Token)).Failure;

        Assert.EndsWith("did not answer in time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_yes_that_is_not_from_the_api_leaves_a_write_unsettled()
    {
        var read = await Store.ReadAsync(Stop);
        Server.Instead = (context, _) => ApiServerFake.AnswerAsync(context, 200, "<html>Welcome</html>", "text/html");

        Assert.IsType<Unsettled>(await Store.WriteAsync(read, Change(), Stop));
    }

    [Theory]
    [InlineData(400, "BadRequest", "admission webhook \"policy.example\" denied the request: no masters", FailureKind.Refused, "ctx refuses this by its own rules")]
    [InlineData(500, "InternalError", "admission webhook \"policy.example\" denied the request", FailureKind.Refused, "ctx refuses this by its own rules")]
    [InlineData(429, "x", "admission webhook \"policy.example\" denied the request", FailureKind.Refused, "ctx refuses this by its own rules")]
    [InlineData(422, "Invalid", "configmaps \"aws-auth\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no", FailureKind.Refused, "ctx refuses this by its own rules")]
    [InlineData(403, "Forbidden", "configmaps \"aws-auth\" is forbidden: User \"bob\" cannot patch", FailureKind.Unauthorized, "ctx does not let you patch the ConfigMap kube-system/aws-auth")]
    [InlineData(401, "Unauthorized", "Unauthorized", FailureKind.Unauthorized, "ctx does not know you: 401 from its API server")]
    [InlineData(422, "Invalid", "data: too long", FailureKind.Failed, "ctx does not patch aws-auth: 422")]
    public async Task A_refused_write_is_explained(int status, string reason, string message, FailureKind kind, string expected)
    {
        var read = await Store.ReadAsync(Stop);
        Answer(status, reason, message);

        var failure = await Expect.FailureAsync(kind, () => Store.WriteAsync(read, Change(), Stop));

        Assert.Equal(expected, failure.Message);
        Assert.True(status == 401 || failure.Details.Single() == message);
    }

    [Theory]
    [InlineData(200, "<html>\n <b>Log in</b></html>", "text/html", "ctx does not answer as a Kubernetes API server does: 200, text/html", "<html> <b>Log in</b></html>")]
    [InlineData(200, "{}", "application/json", "ctx does not answer as a Kubernetes API server does: 200, application/json", "{}")]
    [InlineData(404, "404 page not found", "text/plain", "ctx does not answer as a Kubernetes API server does: 404, text/plain", "404 page not found")]
    [InlineData(302, "", "text/plain", "ctx does not answer as a Kubernetes API server does: 302, text/plain", null)]
    public async Task An_answer_that_is_not_from_the_api_is_called_so(int status, string body, string mediaType, string expected, string? detail)
    {
        Server.Instead = (context, _) => ApiServerFake.AnswerAsync(context, status, body, mediaType);

        var failure = await Expect.FailureAsync(FailureKind.Failed, () => Store.ReadAsync(Stop));

        Assert.Equal(expected, failure.Message);
        Assert.Equal(detail, failure.Details.SingleOrDefault());
    }

    [Fact]
    public async Task An_endless_answer_is_given_up()
    {
        Server.Instead = (context, _) => ApiServerFake.AnswerAsync(context, 200, new string('x', 9 << 20));

        Assert.Equal("the answer of ctx is larger than 8 MiB", (await Expect.FailureAsync(FailureKind.Failed, () => Store.ReadAsync(Stop))).Message);
    }

    [Fact]
    public async Task Reading_goes_on_after_passing_faults()
    {
        var left = new Queue<int>([503, 429, 0, 500]);
        Server.Instead = (context, _) =>
        {
            if (!left.TryDequeue(out var status))
            {
                return Task.FromResult(false);
            }

            if (status == 0)
            {
                context.Abort();
                return Task.FromResult(true);
            }

            context.Response.Headers.RetryAfter = "0";
            return ApiServerFake.AnswerAsync(context, status, "later", "text/plain");
        };

        Assert.True((await Store.ReadAsync(Stop)).Exists);
        Assert.Empty(left);
    }

    [Fact]
    public async Task Reading_that_runs_out_of_time_tells_the_last_fault()
    {
        Answer(503, "ServiceUnavailable", "no leader", "30");
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        var end = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync(impatient.Token));

        var last = Assert.IsType<AuthMapException>(end.InnerException).Failure;
        Assert.Equal("ctx cannot answer at the moment: 503", last.Message);
        Assert.Equal(["no leader"], last.Details);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "cannot reach ctx at 127.0.0.1:1: connection refused")]
    [InlineData("https://nowhere.invalid", "cannot reach ctx: there is no host nowhere.invalid")]
    public async Task What_cannot_be_reached_is_named_at_once(string server, string expected)
    {
        Work.Kubeconfig($"{{server: \"{server}\"}}");
        using var target = Work.Target();

        Assert.Equal(expected, (await Expect.FailureAsync(FailureKind.Unreachable, () => target.Store.ReadAsync(Stop))).Message);
        Assert.Equal(expected, (await Expect.FailureAsync(FailureKind.Unreachable, () => target.Store.WriteAsync(new Snapshot { Exists = false }, Change(), Stop))).Message);
    }

    [Fact]
    public async Task Https_to_a_server_without_tls_is_told_at_once()
    {
        Work.Kubeconfig($"{{server: \"https://127.0.0.1:{Server.Port}\"}}");
        using var target = Work.Target();

        var failure = await Expect.FailureAsync(FailureKind.Unreachable, () => target.Store.ReadAsync(Stop));

        Assert.StartsWith($"no TLS connection to ctx at 127.0.0.1:{Server.Port}: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_whose_connection_breaks_before_anything_is_sent_is_deferred()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Work.Kubeconfig($"{{server: \"https://{listener.LocalEndpoint}\"}}");
        using var target = Work.Target();

        var write = target.Store.WriteAsync(new Snapshot { Exists = false }, Change(), Stop);
        var connection = await listener.AcceptSocketAsync(Stop);
        await connection.ReceiveAsync(new byte[1], Stop);
        connection.Close(0);

        Assert.IsType<Deferred>(await write);
    }

    [Fact]
    public async Task Cancelling_ends_a_read_at_once()
    {
        using var cancel = new CancellationTokenSource();
        Server.Instead = async (context, _) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
            return true;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync(cancel.Token));
    }

    [Fact]
    public async Task The_log_holds_no_secret()
    {
        await Store.WriteAsync(await Store.ReadAsync(Stop), Change(), Stop);

        Assert.Equal(2, Log.Count);
        Assert.DoesNotContain(Log, line => line.Contains("secret", StringComparison.Ordinal));
        Assert.Equal("Bearer secret", Server.Requests[^1].Header("Authorization"));
    }
}
