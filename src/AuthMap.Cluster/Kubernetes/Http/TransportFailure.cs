using System.Net.Sockets;
using System.Security.Authentication;

namespace AuthMap.Cluster.Kubernetes.Http;

/// <summary>Says why a request got no answer, and whether it may have arrived.</summary>
internal static class TransportFailure
{
    /// <summary>The failure of a request.</summary>
    public static Exception Of(HttpRequestException e, ApiServer server, int largestAnswer)
    {
        var hop = Hop(server);
        switch (e.HttpRequestError)
        {
            case HttpRequestError.NameResolutionError:
                return Final(
                    e,
                    FailureKind.Unreachable,
                    $"cannot reach {server.Name}: there is no host {hop.Host}",
                    "is the name right, and the network up?");

            case HttpRequestError.ConnectionError
                when e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset }:
                return Broken(e, server, sent: false);

            case HttpRequestError.ConnectionError:
                return Final(
                    e,
                    FailureKind.Unreachable,
                    $"cannot reach {server.Name} at {Place(server)}: {Reason(e)}",
                    hop.IsLoopback ? "is it running?" : "is it running, and may you reach it from here (VPN, firewall, proxy)?");

            case HttpRequestError.SecureConnectionError when server.Trust.Problem is { } problem:
                return Final(e, FailureKind.Unreachable, $"cannot trust {server.Name} at {Place(server)}: {problem}");

            case HttpRequestError.SecureConnectionError when e.InnerException is AuthenticationException inner:
                var said = (inner.InnerException ?? inner).Message.TrimEnd('.');
                return Final(e, FailureKind.Unreachable, $"no TLS connection to {server.Name} at {Place(server)}: {said}");

            case HttpRequestError.ProxyTunnelError:
                var status = e.StatusCode is { } code ? $"it answered {(int)code}" : e.Message.TrimEnd('.');
                return Final(
                    e,
                    FailureKind.Unreachable,
                    $"the proxy {hop.Authority} does not connect to {server.Address.Authority}: {status}");

            case HttpRequestError.ConfigurationLimitExceeded:
                return Final(e, FailureKind.Failed, $"the answer of {server.Name} is larger than {largestAnswer >> 20} MiB");

            case HttpRequestError.InvalidResponse:
                return new NoAnswerException(
                    new Failure(FailureKind.Failed, $"{server.Name} at {Place(server)} does not speak HTTP"), sent: true, e);

            default:
                return Broken(e, server, sent: e.HttpRequestError != HttpRequestError.SecureConnectionError);
        }
    }

    /// <summary>The failure of a connection that did not come about in time.</summary>
    public static AuthMapException OfTimeout(Exception e, ApiServer server) => Final(
        e,
        FailureKind.Unreachable,
        $"cannot reach {server.Name} at {Place(server)}: no answer",
        "is it running, and may you reach it from here (VPN, firewall, proxy)?");

    /// <summary>The failure of a write whose answer nobody waited for.</summary>
    public static NoAnswerException OfCancelledWrite(Exception e, ApiServer server) => new(
        new Failure(FailureKind.Unreachable, $"{server.Name} at {Place(server)} did not answer in time"), sent: true, e);

    private static NoAnswerException Broken(Exception e, ApiServer server, bool sent) =>
        new(new Failure(FailureKind.Unreachable, $"{server.Name} at {Place(server)} broke the connection"), sent, e);

    private static Uri Hop(ApiServer server) => server.Proxy ?? server.Address;

    private static string Place(ApiServer server) => server.Proxy is { } proxy
        ? $"{server.Address.Authority} through the proxy {proxy.Authority}"
        : server.Address.Authority;

    private static string Reason(HttpRequestException e) => e.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        SocketException { SocketErrorCode: SocketError.TimedOut } => "no answer",
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } =>
            "there is no route to it",
        { } inner => inner.Message.TrimEnd('.'),
        null => e.Message.TrimEnd('.'),
    };

    private static AuthMapException Final(Exception e, FailureKind kind, string message, string? hint = null) =>
        new(new Failure(kind, message, hint), e);
}
