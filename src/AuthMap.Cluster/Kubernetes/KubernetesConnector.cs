using AuthMap.Cluster.Kubernetes.Config;
using AuthMap.Cluster.Kubernetes.Confirming;
using AuthMap.Cluster.Kubernetes.Http;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>Finds the cluster that a <see cref="KubernetesSource"/> means.</summary>
/// <param name="host">Where to look for kubeconfig files, plugins and proxies.</param>
/// <param name="clock">Time.</param>
/// <param name="options">How to talk to it.</param>
public sealed class KubernetesConnector(HostEnvironment host, TimeProvider clock, KubernetesOptions options)
{
    // Who enters again and again must not ask a person each time, or take the answer to another question for its own.
    private readonly KubernetesOptions _quiet = options with { Interactive = false };

    /// <summary>Where a pod's service account is mounted.</summary>
    internal string ServiceAccountDirectory { get; init; } = ServiceAccount.DefaultDirectory;

    /// <summary>Reads the kubeconfig and chooses the context. Before the store is used, nothing is contacted.</summary>
    /// <param name="source">The cluster as the user named it.</param>
    /// <exception cref="AuthMapException">A file or a context is not there (<see cref="FailureKind.Usage"/>), or the kubeconfig
    /// cannot be used (<see cref="FailureKind.Failed"/>).</exception>
    public KubernetesTarget Resolve(KubernetesSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (config, files) = KubeconfigFiles.Read(source.Kubeconfig, host);
        if (source.Context is null && config.Contexts.Count == 0 && ServiceAccount.Find(host, ServiceAccountDirectory) is { } pod)
        {
            return Target(pod, "the service account of this pod", isDefault: true);
        }

        if (files.Count > 0)
        {
            var choice = ContextChoice.Find(config, files, source.Context);
            return Target(choice, string.Join(Path.PathSeparator, files), source.Context is null);
        }

        var paths = KubeconfigFiles.Paths(null, host);
        throw new AuthMapException(
            FailureKind.Usage,
            paths.Count > 0
                ? $"there is no kubeconfig {string.Join(Path.PathSeparator, paths)}"
                : "there is no kubeconfig: KUBECONFIG names none, and there is no home directory",
            "an EKS cluster takes no kubeconfig: --cluster NAME; else name one with --kubeconfig, or a manifest with --manifest");
    }

    private KubernetesTarget Target(ContextChoice choice, string origin, bool isDefault) => new(
        choice.Name,
        origin,
        isDefault,
        new ConfigMapStore(
            choice.Name,
            () => new ApiConnection(ApiServer.Of(choice, host, options, clock), options, clock),
            clock,
            choice.ClusterArn)
        {
            // Without the password that it may carry; the scheme tells no clusters apart.
            Address = choice.Cluster.Server.Split("://")[^1].Split('@')[^1],
            Entrance = new ClusterEntrance(choice.Name, () => ApiServer.Of(choice, host, _quiet, clock), host, _quiet, clock),
        });
}
