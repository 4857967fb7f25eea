using EksArn = AuthMap.Arns.ClusterArn;

namespace AuthMap.Cluster.Kubernetes.Config;

/// <summary>A context with what it names looked up and checked.</summary>
/// <param name="Name">The context's name.</param>
/// <param name="Cluster">Its cluster.</param>
/// <param name="User">Its user; without any credentials when the context names none.</param>
internal sealed record ContextChoice(string Name, KubeCluster Cluster, KubeUser User)
{
    /// <summary>The ARN of the EKS cluster that the cluster or, failing that, the context is named by, as <c>aws eks
    /// update-kubeconfig</c> names them; null when neither is.</summary>
    public string? ClusterArn { get; init; }

    /// <summary>Looks a context up; names are compared exactly.</summary>
    /// <param name="config">The merged kubeconfig.</param>
    /// <param name="files">The files it came from, for messages.</param>
    /// <param name="wanted">The context; null takes <c>current-context</c>.</param>
    /// <exception cref="AuthMapException">There is none such (<see cref="FailureKind.Usage"/>), or it cannot work.</exception>
    public static ContextChoice Find(Kubeconfig config, IReadOnlyList<string> files, string? wanted)
    {
        var origin = string.Join(Path.PathSeparator, files);
        var name = wanted ?? config.CurrentContext
            ?? throw new AuthMapException(FailureKind.Usage, $"{origin} has no current-context", Available());

        if (!config.Contexts.TryGetValue(name, out var context))
        {
            throw wanted is null
                ? new AuthMapException(
                    FailureKind.Failed, $"the current-context \"{name}\" of {origin} is not there", Available())
                : new AuthMapException(FailureKind.Usage, $"no context \"{name}\" in {origin}", Available());
        }

        if (!config.Clusters.TryGetValue(context.Cluster, out var cluster))
        {
            throw new AuthMapException(
                FailureKind.Failed, $"context \"{name}\" of {origin} names a cluster that is not there: {context.Cluster}");
        }

        if (cluster.Server.Length == 0)
        {
            throw new AuthMapException(FailureKind.Failed, $"cluster \"{context.Cluster}\" of {origin} has no server");
        }

        if (cluster.InsecureSkipTlsVerify
            && (cluster.CertificateAuthority is not null || cluster.CertificateAuthorityData is not null))
        {
            throw new AuthMapException(
                FailureKind.Failed,
                $"cluster \"{context.Cluster}\" of {origin} has a certificate authority and insecure-skip-tls-verify",
                "remove insecure-skip-tls-verify");
        }

        var user = new KubeUser();
        if (context.User.Length > 0 && !config.Users.TryGetValue(context.User, out user))
        {
            throw new AuthMapException(
                FailureKind.Failed, $"context \"{name}\" of {origin} names a user that is not there: {context.User}");
        }

        return new(name, cluster, user) { ClusterArn = (EksArn.Find(context.Cluster) ?? EksArn.Find(name))?.ToString() };

        string Available() => config.Contexts.Count == 0
            ? "there are no contexts"
            : $"there is {string.Join(", ", config.Contexts.Keys.Order(StringComparer.Ordinal))}; choose with --context";
    }
}
