using System.Net;
using AuthMap.Cluster.Kubernetes.Config;

namespace AuthMap.Cluster.Kubernetes.Http;

/// <summary>Chooses the proxy as Go does: <c>HTTPS_PROXY</c> (<c>HTTP_PROXY</c> for an http server) except for hosts that
/// <c>NO_PROXY</c> names and for this machine itself; for a cluster of a kubeconfig its <c>proxy-url</c> comes first.</summary>
internal static class ProxyChoice
{
    /// <summary>The proxy to a server; null for none.</summary>
    /// <exception cref="AuthMapException">It is no URL of a kind that can be used.</exception>
    public static Uri? For(Uri server, ContextChoice context, HostEnvironment host) => context.Cluster.ProxyUrl is { } url
        ? Parse(url, $"the proxy-url of context \"{context.Name}\"")
        : For(server, host);

    /// <summary>The environment's proxy to a server; null for none.</summary>
    /// <exception cref="AuthMapException">It is no URL of a kind that can be used.</exception>
    public static Uri? For(Uri server, HostEnvironment host)
    {
        var variable = server.Scheme == Uri.UriSchemeHttps ? "HTTPS_PROXY" : "HTTP_PROXY";
        return Variable(variable) is { } proxy && !server.IsLoopback && !Bypasses(Variable("NO_PROXY") ?? "", server)
            ? Parse(proxy.Contains("://", StringComparison.Ordinal) ? proxy : $"http://{proxy}", variable)
            : null;

        string? Variable(string name) => host[name] ?? host[name.ToLowerInvariant()];
    }

    /// <summary>The user and password that stand in a proxy's URL; null for none.</summary>
    public static NetworkCredential? Login(Uri proxy)
    {
        var login = proxy.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        return login[0].Length > 0 ? new NetworkCredential(login[0], login.ElementAtOrDefault(1)) : null;
    }

    private static Uri Parse(string url, string what)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "socks5" or "socks5h"))
        {
            throw new AuthMapException(FailureKind.Failed, $"{what} is not the URL of an http, https or socks5 proxy");
        }

        // To .NET socks5 already means what socks5h says: the proxy resolves the name.
        return uri.Scheme == "socks5h" ? new UriBuilder(uri) { Scheme = "socks5" }.Uri : uri;
    }

    private static bool Bypasses(string noProxy, Uri server) => noProxy
        .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Any(rule => Matches(rule, server));

    private static bool Matches(string rule, Uri server)
    {
        var host = server.IdnHost;
        if (rule == "*")
        {
            return true;
        }

        if (IPAddress.TryParse(host, out var address))
        {
            return IPNetwork.TryParse(rule, out var network)
                ? network.Contains(address)
                : IPAddress.TryParse(rule, out var single) ? single.Equals(address)
                : IPEndPoint.TryParse(rule, out var end) && end.Address.Equals(address) && end.Port == server.Port;
        }

        if (rule.LastIndexOf(':') is var colon and > 0)
        {
            if (rule[(colon + 1)..] != server.Port.ToString())
            {
                return false;
            }

            rule = rule[..colon];
        }

        // "name" means the host and everything below it; ".name" and "*.name" only what is below.
        var below = rule.TrimStart('*');
        return below.StartsWith('.')
            ? host.EndsWith(below, StringComparison.OrdinalIgnoreCase)
            : $".{host}".EndsWith($".{below}", StringComparison.OrdinalIgnoreCase);
    }
}
