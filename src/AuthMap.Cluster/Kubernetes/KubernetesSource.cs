namespace AuthMap.Cluster.Kubernetes;

/// <summary>A cluster as a user names it: nothing given means what kubectl would take.</summary>
/// <param name="Kubeconfig">The one kubeconfig file to read; null: those of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>,
/// else the service account of the pod.</param>
/// <param name="Context">The context in it, exactly as written there; null: its <c>current-context</c>.</param>
public sealed record KubernetesSource(string? Kubeconfig = null, string? Context = null);
