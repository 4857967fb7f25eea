using System.Net;
using System.Net.Sockets;
using System.Text;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Editing;
using Microsoft.AspNetCore.Http;

namespace AuthMap.Cluster.Tests.Kubernetes;

/// <summary>What may happen once an answer has begun.</summary>
public sealed class AnswerBodyTests : ApiServerTest
{
    private const int Limit = 8 << 20;

    private static readonly WriteRequest _write = new(new Dictionary<string, string> { ["mapUsers"] = "[]" }, new Dictionary<string, string>());
    private static readonly Snapshot _read = new() { Exists = true, Version = "100" };

    private IAwsAuthStore Store => Target.Store;

    private string Place => $"127.0.0.1:{Server.Port}";

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(65_536, false)]
    [InlineData(65_537, true)]
    [InlineData(1_000_000, false)]
    [InlineData(3_000_000, true)]
    public async Task It_is_read_whole_however_large_and_however_sent(int length, bool isCounted)
    {
        var text = string.Concat(Enumerable.Range(0, (length / 8) + 1).Select(i => $"{i:0000000}\n"))[..length];
        Server.Instead = (context, _) => SendAsync(
            context, $$$"""{"kind":"ConfigMap","metadata":{"name":"aws-auth","resourceVersion":"1"},"data":{"a":"{{{text.Replace("\n", "\\n")}}}"}}""", isCounted);

        Assert.Equal(text, (await Store.ReadAsync(Stop)).Data["a"]);
    }

    [Theory]
    [InlineData(Limit, false, "ctx does not answer as a Kubernetes API server does: 200, application/json")]
    [InlineData(Limit, true, "ctx does not answer as a Kubernetes API server does: 200, application/json")]
    [InlineData(Limit + 1, false, "the answer of ctx is larger than 8 MiB")]
    [InlineData(Limit + 1, true, "the answer of ctx is larger than 8 MiB")]
    public async Task It_has_a_limit(int length, bool isCounted, string expected)
    {
        Server.Instead = (context, _) => SendAsync(context, new string(' ', length), isCounted);

        Assert.Equal(expected, (await Expect.FailureAsync(FailureKind.Failed, () => Store.ReadAsync(Stop))).Message);
    }

    [Fact]
    public async Task One_that_says_that_it_is_too_large_is_not_waited_for()
    {
        Server.Instead = async (context, _) =>
        {
            context.Response.ContentLength = Limit + 1;
            await BeginAsync(context);
            await NeverAsync(context);
            return true;
        };

        Assert.Equal(
            "the answer of ctx is larger than 8 MiB",
            (await Expect.FailureAsync(FailureKind.Failed, () => Store.ReadAsync(Stop)).WaitAsync(TimeSpan.FromSeconds(10), Stop)).Message);
        Assert.Matches("^GET .* ConfigurationLimitExceeded [0-9]+ ms$", Assert.Single(Log));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_breaks_off_is_asked_for_again_and_leaves_a_write_unsettled(bool isCounted)
    {
        Server.With(("mapRoles", "[]"));
        var left = 1;
        Server.Instead = async (context, _) =>
        {
            if (left-- == 0)
            {
                return false;
            }

            context.Response.ContentLength = isCounted ? 1000 : null;
            await BeginAsync(context);
            context.Abort();
            return true;
        };

        Assert.True((await Store.ReadAsync(Stop)).Exists);
        left = 1;
        var failure = Assert.IsType<Unsettled>(await Store.WriteAsync(_read, _write, Stop)).Failure;

        Assert.Equal((FailureKind.Unreachable, $"ctx at {Place} broke the connection"), (failure.Kind, failure.Message));
        Assert.Equal([false, true, false], Log.Select(line => line.Contains(" 200 ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7\r\n{\"kind\"\r\n", "broke the connection", "ResponseEnded")]
    [InlineData("Content-Length: 8\r\n\r\n{\"kind\"", "broke the connection", "ResponseEnded")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nseven\r\n", "does not speak HTTP", "InvalidResponse")]
    public async Task One_that_is_not_whole_is_none(string rest, string expected, string logged)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var place = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        Work.Kubeconfig($"{{server: \"http://{place}\"}}");
        using var target = Work.Target(options: new KubernetesOptions("1") { Log = Log.Add });

        var write = target.Store.WriteAsync(_read, _write, Stop);
        using (var connection = await listener.AcceptSocketAsync(Stop))
        {
            var request = "";
            while (!request.EndsWith("}}", StringComparison.Ordinal))
            {
                var bytes = new byte[1000];
                request += Encoding.ASCII.GetString(bytes, 0, await connection.ReceiveAsync(bytes, Stop));
            }

            await connection.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{rest}"), Stop);
        }

        Assert.Equal($"ctx at {place} {expected}", Assert.IsType<Unsettled>(await write).Failure.Message);
        Assert.Equal(logged, Assert.Single(Log).Split(' ')[2]);
    }

    [Fact]
    public async Task One_that_does_not_end_is_waited_for_until_the_time_is_up()
    {
        Server.Instead = async (context, _) =>
        {
            await BeginAsync(context);
            await NeverAsync(context);
            return true;
        };

        using var reading = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync(reading.Token));
        using var writing = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var failure = Assert.IsType<Unsettled>(await Store.WriteAsync(_read, _write, writing.Token)).Failure;

        Assert.Equal((FailureKind.Unreachable, $"ctx at {Place} did not answer in time"), (failure.Kind, failure.Message));
        Assert.Equal("cancelled", Assert.Single(Log).Split(' ')[2]);
    }

    private static async Task<bool> SendAsync(HttpContext context, string body, bool isCounted)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = isCounted ? body.Length : null;
        await context.Response.StartAsync();
        await context.Response.WriteAsync(body);
        return true;
    }

    private static async Task BeginAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"kind\":");
        await context.Response.Body.FlushAsync();
    }

    private static Task NeverAsync(HttpContext context) => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
}
