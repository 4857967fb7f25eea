using System.Text.Json.Nodes;

namespace AuthMap.Cluster.Kubernetes.Config;

/// <summary>What one kubeconfig file says, or several merged; paths in it are absolute.</summary>
/// <remarks>Our own records instead of the client library's: its model lacks proxy-url, tokenFile, as-uid and
/// interactiveMode, and fails on as-user-extra as kubectl writes it.</remarks>
internal sealed record Kubeconfig(
    string? CurrentContext,
    IReadOnlyDictionary<string, KubeContext> Contexts,
    IReadOnlyDictionary<string, KubeCluster> Clusters,
    IReadOnlyDictionary<string, KubeUser> Users)
{
    /// <summary>Merges files as kubectl does: the first file that names a thing gives all of it.</summary>
    public static Kubeconfig Merge(IReadOnlyList<Kubeconfig> files) => files is [var only] ? only : new(
        files.Select(file => file.CurrentContext).FirstOrDefault(name => name is not null),
        First(files, file => file.Contexts),
        First(files, file => file.Clusters),
        First(files, file => file.Users));

    private static Dictionary<string, T> First<T>(
        IReadOnlyList<Kubeconfig> files, Func<Kubeconfig, IReadOnlyDictionary<string, T>> part)
    {
        var merged = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in files.SelectMany(part))
        {
            merged.TryAdd(name, value);
        }

        return merged;
    }
}

/// <summary>A context: which cluster, as which user.</summary>
internal sealed record KubeContext(string Cluster, string User);

/// <summary>How to reach an API server and what to trust.</summary>
internal sealed record KubeCluster
{
    public string Server { get; init; } = "";

    public byte[]? CertificateAuthorityData { get; init; }

    public string? CertificateAuthority { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    public string? TlsServerName { get; init; }

    public string? ProxyUrl { get; init; }

    public bool DisableCompression { get; init; }

    /// <summary>The extension <c>client.authentication.k8s.io/exec</c>: <c>spec.cluster.config</c> to exec plugins.</summary>
    public JsonNode? ExecExtension { get; init; }
}

/// <summary>Who to be.</summary>
internal sealed record KubeUser
{
    public byte[]? ClientCertificateData { get; init; }

    public string? ClientCertificate { get; init; }

    public byte[]? ClientKeyData { get; init; }

    public string? ClientKey { get; init; }

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public ExecConfig? Exec { get; init; }

    /// <summary>The name of a legacy <c>auth-provider</c>, which kubectl no longer supports.</summary>
    public string? AuthProvider { get; init; }

    public Impersonation? Impersonate { get; init; }
}

/// <summary>Whom to act as.</summary>
internal sealed record Impersonation(
    string? User,
    string? Uid,
    IReadOnlyList<string> Groups,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Extra);

/// <summary>A program that prints credentials.</summary>
internal sealed record ExecConfig(
    string Command,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<KeyValuePair<string, string>> Environment,
    string ApiVersion,
    string? InstallHint,
    bool ProvideClusterInfo,
    string? InteractiveMode);
