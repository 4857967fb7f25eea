using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AuthMap.Cluster.Kubernetes.Credentials;

/// <summary>The object that goes to an exec plugin in <c>KUBERNETES_EXEC_INFO</c> and comes back on its standard output
/// (client.authentication.k8s.io).</summary>
internal sealed record ExecCredential(string? ApiVersion, string? Kind, ExecSpec? Spec, ExecStatus? Status);

/// <summary>What the plugin is told.</summary>
internal sealed record ExecSpec(ExecCluster? Cluster, bool Interactive);

/// <summary>The cluster, for plugins with <c>provideClusterInfo</c>.</summary>
internal sealed record ExecCluster
{
    [JsonPropertyName("server")]
    public required string Server { get; init; }

    [JsonPropertyName("tls-server-name")]
    public string? TlsServerName { get; init; }

    [JsonPropertyName("insecure-skip-tls-verify")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InsecureSkipTlsVerify { get; init; }

    [JsonPropertyName("certificate-authority-data")]
    public byte[]? CertificateAuthorityData { get; init; }

    [JsonPropertyName("proxy-url")]
    public string? ProxyUrl { get; init; }

    [JsonPropertyName("disable-compression")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DisableCompression { get; init; }

    [JsonPropertyName("config")]
    public JsonNode? Config { get; init; }
}

/// <summary>What the plugin answers.</summary>
internal sealed record ExecStatus(
    DateTimeOffset? ExpirationTimestamp, string? Token, string? ClientCertificateData, string? ClientKeyData);

/// <summary>JSON of exec plugins.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecCredential))]
internal sealed partial class ExecJson : JsonSerializerContext;
