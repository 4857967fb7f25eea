using System.Buffers;
using System.Text;
using System.Text.Json;
using AuthMap.Cluster.Kubernetes.Config;

namespace AuthMap.Cluster.Kubernetes.Credentials;

/// <summary>The object that goes to an exec plugin in <c>KUBERNETES_EXEC_INFO</c> and comes back on its standard output
/// (client.authentication.k8s.io).</summary>
/// <param name="ApiVersion">Its version, with its group.</param>
/// <param name="Kind">ExecCredential.</param>
/// <param name="Status">What the plugin answers.</param>
internal sealed record ExecCredential(string? ApiVersion, string? Kind, ExecStatus? Status)
{
    /// <summary>Reads what a plugin printed.</summary>
    /// <returns>Null when that is a JSON null.</returns>
    /// <exception cref="JsonException">It is none.</exception>
    public static ExecCredential? Read(string json) => ForeignJson.Read(Encoding.UTF8.GetBytes(json), answer => new ExecCredential(
        answer.Text("apiVersion"), answer.Text("kind"), answer.Member("status") is { } status ? ExecStatus.Read(status) : null));

    /// <summary>Writes what a plugin is told.</summary>
    /// <param name="apiVersion">The version that the kubeconfig asks for.</param>
    /// <param name="cluster">The cluster, for plugins with <c>provideClusterInfo</c>; null for others.</param>
    /// <param name="interactive">Whether it may ask a person.</param>
    public static string Write(string apiVersion, KubeCluster? cluster, bool interactive)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", apiVersion);
            json.WriteString("kind", "ExecCredential");
            json.WriteStartObject("spec");
            if (cluster is not null)
            {
                Write(json, cluster);
            }

            json.WriteBoolean("interactive", interactive);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, KubeCluster cluster)
    {
        json.WriteStartObject("cluster");
        json.WriteString("server", cluster.Server);
        if (cluster.TlsServerName is { } name)
        {
            json.WriteString("tls-server-name", name);
        }

        if (cluster.InsecureSkipTlsVerify)
        {
            json.WriteBoolean("insecure-skip-tls-verify", true);
        }

        if (PemSource.From(cluster.CertificateAuthorityData, cluster.CertificateAuthority) is { } authority)
        {
            json.WriteBase64String("certificate-authority-data", Encoding.UTF8.GetBytes(authority.Read()));
        }

        if (cluster.ProxyUrl is { } proxy)
        {
            json.WriteString("proxy-url", proxy);
        }

        if (cluster.DisableCompression)
        {
            json.WriteBoolean("disable-compression", true);
        }

        if (cluster.ExecExtension is { } config)
        {
            json.WritePropertyName("config");
            config.WriteTo(json);
        }

        json.WriteEndObject();
    }
}

/// <summary>What the plugin answers.</summary>
internal sealed record ExecStatus(
    DateTimeOffset? ExpirationTimestamp, string? Token, string? ClientCertificateData, string? ClientKeyData)
{
    public static ExecStatus Read(JsonElement json) => new(
        json.Member("expirationTimestamp")?.GetDateTimeOffset(),
        json.Text("token"),
        json.Text("clientCertificateData"),
        json.Text("clientKeyData"));
}
