using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AuthMap.EndToEnd;

public sealed class DelayProxyTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task The_first_answer_takes_two_round_trips_and_every_further_one_a_single_one()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var proxy = new DelayProxy(new Uri($"https://{server.LocalEndpoint}"), RoundTrip);
        using var client = new TcpClient();

        var start = Stopwatch.GetTimestamp();
        await client.ConnectAsync(proxy.Address.Host, proxy.Address.Port, Cancellation);
        using var accepted = await server.AcceptTcpClientAsync(Cancellation);
        _ = accepted.GetStream().CopyToAsync(accepted.GetStream(), Cancellation);
        await EchoAsync(client.GetStream(), 1);
        var first = Stopwatch.GetElapsedTime(start);
        await EchoAsync(client.GetStream(), 2);
        var both = Stopwatch.GetElapsedTime(start);

        // A timer may be a moment early, and a busy machine late.
        Assert.InRange(first, (RoundTrip * 2) - Early, Late);
        Assert.InRange(both - first, RoundTrip - Early, Late);
    }

    [Fact]
    public async Task Bytes_arrive_whole_in_order_and_with_their_end()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var proxy = new DelayProxy(new Uri($"https://{server.LocalEndpoint}"), TimeSpan.FromMilliseconds(2));
        using var client = new TcpClient();
        await client.ConnectAsync(proxy.Address.Host, proxy.Address.Port, Cancellation);
        using var accepted = await server.AcceptTcpClientAsync(Cancellation);
        var sent = new byte[1_000_000];
        new Random(1).NextBytes(sent);

        await client.GetStream().WriteAsync(sent, Cancellation);
        client.Client.Shutdown(SocketShutdown.Send);
        using var received = new MemoryStream();
        await accepted.GetStream().CopyToAsync(received, Cancellation);

        Assert.Equal(sent, received.ToArray());
    }

    private static TimeSpan Early => TimeSpan.FromMilliseconds(10);

    private static TimeSpan Late => TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task EchoAsync(NetworkStream stream, byte value)
    {
        await stream.WriteAsync(new[] { value }, Cancellation);
        var answer = new byte[1];
        await stream.ReadExactlyAsync(answer, Cancellation);
        Assert.Equal(value, answer[0]);
    }
}
