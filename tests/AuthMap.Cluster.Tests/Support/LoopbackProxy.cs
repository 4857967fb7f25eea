using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AuthMap.Cluster.Tests.Support;

/// <summary>A proxy that speaks CONNECT and SOCKS5, over TLS if given a certificate, and notes where it was asked to go.</summary>
public sealed class LoopbackProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _stop = new();

    public LoopbackProxy(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The Proxy-Authorization header that it wants; null takes everybody.</summary>
    public string? Password { get; init; }

    public List<string> Asked { get; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(_certificate);
                stream = tls;
            }

            var first = await ByteAsync(stream);
            var (scheme, port) = first == 5 ? await SocksAsync(stream) : await ConnectAsync(stream, first);
            if (port == 0)
            {
                return;
            }

            using var onward = new TcpClient();
            await onward.ConnectAsync(IPAddress.Loopback, port);
            await stream.WriteAsync(scheme == "socks5" ? [5, 0, 0, 1, 0, 0, 0, 0, 0, 0] : "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
            await Task.WhenAny(stream.CopyToAsync(onward.GetStream(), _stop.Token), onward.GetStream().CopyToAsync(stream, _stop.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
        }
    }

    private async Task<(string, int)> ConnectAsync(Stream stream, byte first)
    {
        var head = new StringBuilder().Append((char)first);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)await ByteAsync(stream));
        }

        var target = head.ToString().Split(' ')[1];
        if (Password is not null && !head.ToString().Contains($"Proxy-Authorization: {Password}\r\n", StringComparison.Ordinal))
        {
            await stream.WriteAsync("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            return ("connect", 0);
        }

        lock (Asked)
        {
            Asked.Add(head.ToString().Contains("Impersonate", StringComparison.Ordinal) ? "leaked" : $"connect {target}");
        }

        return ("connect", int.Parse(target.Split(':')[^1]));
    }

    private async Task<(string, int)> SocksAsync(Stream stream)
    {
        await stream.ReadExactlyAsync(new byte[await ByteAsync(stream)]);
        await stream.WriteAsync(new byte[] { 5, 0 });
        var request = new byte[4];
        await stream.ReadExactlyAsync(request);
        var address = new byte[request[3] == 1 ? 4 : await ByteAsync(stream)];
        await stream.ReadExactlyAsync(address);
        var port = (await ByteAsync(stream) << 8) + await ByteAsync(stream);
        lock (Asked)
        {
            Asked.Add($"socks5 {(request[3] == 1 ? new IPAddress(address).ToString() : Encoding.ASCII.GetString(address))}:{port}");
        }

        return ("socks5", port);
    }

    private static async Task<byte> ByteAsync(Stream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one);
        return one[0];
    }
}
