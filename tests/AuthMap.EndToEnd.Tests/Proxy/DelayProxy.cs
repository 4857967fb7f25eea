using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace AuthMap.EndToEnd;

/// <summary>
/// A network between client and server: every byte arrives half a round trip after it was sent, in both directions; and a new
/// connection takes a whole round trip before the client can send anything.
/// </summary>
public sealed class DelayProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri server;
    private readonly TimeSpan roundTrip;

    /// <param name="server">Where the server is.</param>
    /// <param name="roundTrip">How long a byte takes there and back.</param>
    public DelayProxy(Uri server, TimeSpan roundTrip)
    {
        this.server = server;
        this.roundTrip = roundTrip;
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody measures any more.
        }
    }

    private async Task ServeAsync(Socket near)
    {
        // On loopback the client was connected at once, so what it sends first is late by what that would have taken.
        var start = Stopwatch.GetTimestamp();
        using (near)
        using (var far = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                near.NoDelay = far.NoDelay = true;
                await far.ConnectAsync(server.Host, server.Port);
                await Task.WhenAll(CarryAsync(near, far, start, roundTrip * 1.5), CarryAsync(far, near, start, roundTrip / 2));
            }
            catch (SocketException)
            {
                // One of the two has gone, as ends of connections do.
            }
        }
    }

    /// <summary>Carries bytes one way until their sender has no more.</summary>
    private async Task CarryAsync(Socket from, Socket to, long start, TimeSpan first)
    {
        var underway = Channel.CreateUnbounded<(long Sent, byte[] Bytes)>();
        var arriving = ArriveAsync();
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                underway.Writer.TryWrite((Stopwatch.GetTimestamp(), buffer[..length]));
            }
        }
        finally
        {
            underway.Writer.Complete();
            await arriving;
        }

        async Task ArriveAsync()
        {
            await foreach (var (sent, bytes) in underway.Reader.ReadAllAsync())
            {
                var wait = TimeSpan.FromTicks(Math.Max(
                    (roundTrip / 2 - Stopwatch.GetElapsedTime(sent)).Ticks, (first - Stopwatch.GetElapsedTime(start)).Ticks));
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait);
                }

                for (var done = 0; done < bytes.Length;)
                {
                    done += await to.SendAsync(bytes.AsMemory(done));
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
    }
}
