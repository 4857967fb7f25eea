using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>
/// A proxy of the kind that HTTPS_PROXY names: it makes tunnels, and takes the hosts of AWS to be where the tests serve them.
/// </summary>
internal sealed class ConnectProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> targets = new();
    private readonly Func<string, Uri?> route;

    /// <param name="route">Where a host really is; null for a host that nobody knows.</param>
    public ConnectProxy(Func<string, Uri?> route)
    {
        this.route = route;
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>What tunnels were asked for, as <c>host:port</c>.</summary>
    public IReadOnlyList<string> Targets => [.. targets];

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TunnelAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task TunnelAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var near = client.GetStream();
                if (await ReadHeadAsync(near) is not ["CONNECT", var target, ..])
                {
                    return;
                }

                targets.Enqueue(target);
                if (route(target.Split(':')[0]) is not { } address)
                {
                    await near.WriteAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                    return;
                }

                using var server = new TcpClient();
                await server.ConnectAsync(address.Host, address.Port);
                await using var far = server.GetStream();
                await near.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
                await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // One of the two has gone, as ends of tunnels do.
        }
    }

    /// <summary>The words of the request's first line.</summary>
    private static async Task<string[]> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(next) == 1)
        {
            head.Append((char)next[0]);
        }

        return head.ToString().Split('\r')[0].Split(' ');
    }
}
