using AuthMap.Editing;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>A cluster that was found, not yet contacted.</summary>
public sealed class KubernetesTarget : IDisposable
{
    private readonly ConfigMapStore _store;

    internal KubernetesTarget(string name, string origin, bool isDefault, ConfigMapStore store)
    {
        Name = name;
        Origin = origin;
        IsDefault = isDefault;
        _store = store;
    }

    /// <summary>The context's name, or "in-cluster".</summary>
    public string Name { get; }

    /// <summary>Where it was found: the kubeconfig files, or words for a pod's service account.</summary>
    public string Origin { get; }

    /// <summary>Whether the user did not name it, so that it should be said which one it is before anything is done.</summary>
    public bool IsDefault { get; }

    /// <summary>Its aws-auth; connects when it is first used.</summary>
    public IAwsAuthStore Store => _store;

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();
}
