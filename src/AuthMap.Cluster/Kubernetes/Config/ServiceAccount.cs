namespace AuthMap.Cluster.Kubernetes.Config;

/// <summary>The cluster that a pod runs in, reached by the pod's service account.</summary>
internal static class ServiceAccount
{
    /// <summary>Where Kubernetes mounts it.</summary>
    public const string DefaultDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>What the target is called.</summary>
    public const string Name = "in-cluster";

    /// <summary>The pod's own cluster; null when this is no pod.</summary>
    /// <param name="host">Holds <c>KUBERNETES_SERVICE_HOST</c> and <c>KUBERNETES_SERVICE_PORT</c>.</param>
    /// <param name="directory">Where token and CA are mounted.</param>
    public static ContextChoice? Find(HostEnvironment host, string directory)
    {
        var token = Path.Combine(directory, "token");
        if (host["KUBERNETES_SERVICE_HOST"] is not { } address
            || host["KUBERNETES_SERVICE_PORT"] is not { } port
            || !File.Exists(token))
        {
            return null;
        }

        var authority = Path.Combine(directory, "ca.crt");
        return new(
            Name,
            new KubeCluster
            {
                Server = $"https://{(address.Contains(':') ? $"[{address}]" : address)}:{port}",
                CertificateAuthority = File.Exists(authority) ? authority : null,
            },
            new KubeUser { TokenFile = token });
    }
}
