using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AuthMap.EndToEnd;

/// <summary>etcd and kube-apiserver on free loopback ports, with everything they keep in one folder.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private const int Attempts = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly ServerProcess etcd;
    private readonly ServerProcess apiServer;

    private ControlPlane(Uri address, ServerProcess etcd, ServerProcess apiServer)
    {
        Address = address;
        this.etcd = etcd;
        this.apiServer = apiServer;
    }

    public Uri Address { get; }

    /// <summary>Starts both and returns when <paramref name="isReady"/> says so of the address.</summary>
    public static async Task<ControlPlane> StartAsync(
        Envtest programs,
        string folder,
        CertificateAuthority authority,
        IReadOnlyList<ApiUser> users,
        IReadOnlyList<string> flags,
        Func<Uri, Task<bool>> isReady)
    {
        for (var attempt = 1; ; attempt++)
        {
            var home = Directory.CreateDirectory(Path.Combine(folder, $"attempt-{attempt}")).FullName;
            var plane = await LaunchAsync(programs, home, [.. ApiServerFlags(home, authority, users), .. flags]);
            if (await plane.BecomesReadyAsync(isReady))
            {
                return plane;
            }

            await plane.DisposeAsync();
            var log = $"{plane.etcd.LogTail}\n{plane.apiServer.LogTail}";

            // A port that was free when it was chosen may have been taken by the time it was used.
            if (attempt == Attempts || !log.Contains("address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The API server did not start.\n{log}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await apiServer.DisposeAsync();
        await etcd.DisposeAsync();
    }

    private static async Task<ControlPlane> LaunchAsync(Envtest programs, string home, IEnumerable<string> flags)
    {
        var ports = FreePorts(3);
        var etcdAddress = $"http://127.0.0.1:{ports[0]}";
        var peerAddress = $"http://127.0.0.1:{ports[1]}";
        var etcd = await ServerProcess.StartAsync(
            programs.Etcd,
            [
                $"--data-dir={Path.Combine(home, "etcd")}",
                $"--listen-client-urls={etcdAddress}",
                $"--advertise-client-urls={etcdAddress}",
                $"--listen-peer-urls={peerAddress}",
                $"--initial-advertise-peer-urls={peerAddress}",
                $"--initial-cluster=default={peerAddress}",
            ],
            Path.Combine(home, "etcd.log"));
        var apiServer = await ServerProcess.StartAsync(
            programs.KubeApiServer,
            [$"--etcd-servers={etcdAddress}", $"--secure-port={ports[2]}", .. flags],
            Path.Combine(home, "kube-apiserver.log"));
        return new ControlPlane(new Uri($"https://127.0.0.1:{ports[2]}"), etcd, apiServer);
    }

    private async Task<bool> BecomesReadyAsync(Func<Uri, Task<bool>> isReady)
    {
        var ready = false;
        await Eventually.IsTrueAsync(
            async () => apiServer.HasExited || etcd.HasExited || (ready = await isReady(Address)), StartLimit);
        return ready;
    }

    private static IEnumerable<string> ApiServerFlags(string folder, CertificateAuthority authority, IEnumerable<ApiUser> users)
    {
        using var certificate = authority.IssueForServer();
        using var serviceAccountKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return
        [
            "--bind-address=127.0.0.1",
            // There are no pods to find the server, and a loopback address is not one that it may announce to them.
            "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            $"--cert-dir={folder}",
            $"--tls-cert-file={Write("server.crt", certificate.ExportCertificatePem())}",
            $"--tls-private-key-file={Write("server.key", certificate.KeyPem())}",
            $"--client-ca-file={Write("ca.crt", authority.CertificatePem)}",
            $"--token-auth-file={Write("tokens.csv", string.Concat(users.Select(Token)))}",
            "--service-account-issuer=https://kubernetes.default.svc",
            $"--service-account-key-file={Write("service-accounts.pub", serviceAccountKey.ExportSubjectPublicKeyInfoPem())}",
            $"--service-account-signing-key-file={Write("service-accounts.key", serviceAccountKey.ExportPkcs8PrivateKeyPem())}",
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.0.0.0/24",
            // There is no controller that would give pods their service accounts.
            "--disable-admission-plugins=ServiceAccount",
        ];

        string Write(string name, string text)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            return path;
        }

        static string Token(ApiUser user) => $"{user.Token},{user.Name},{user.Name},\"{string.Join(',', user.Groups)}\"\n";
    }

    // Held all at once, so that they differ; free again when the servers ask for them.
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
