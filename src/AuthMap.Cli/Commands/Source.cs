using AuthMap.Cluster.Aws;

namespace AuthMap.Cli.Commands;

/// <summary>Where the map lives, as asked for.</summary>
internal abstract record Source
{
    /// <summary>The options that name it, as shell words with a blank before each; empty for what is the default.</summary>
    public abstract string Options { get; }

    private protected static string Option(string name, string? value) =>
        value is null ? "" : $" {name} {ShellWord.Of(value)}";
}

/// <summary>A manifest file.</summary>
/// <param name="Path">Its path; <c>-</c> is standard input, with the result on standard output.</param>
internal sealed record ManifestSource(string Path) : Source
{
    public bool IsStandardInput => Path == "-";

    public override string Options => Option("--manifest", Path);
}

/// <summary>An EKS cluster.</summary>
/// <param name="Cluster">Its name.</param>
/// <param name="Aws">Who asks AWS for it, and in which region.</param>
/// <param name="UseCache">Whether what EKS says about it is kept for a while.</param>
/// <param name="IsUsual">Whether the environment names it, so that it should be said which one it is before anything is done.</param>
internal sealed record ClusterSource(string Cluster, AwsSettings Aws, bool UseCache = true, bool IsUsual = false) : Source
{
    /// <summary>The variable that names it when nothing else does.</summary>
    public const string Variable = "AUTHMAP_CLUSTER";

    public override string Options =>
        Option("--cluster", Cluster)
        + Option("--region", Aws.Region)
        + Option("--profile", Aws.Profile)
        + Option("--role-arn", Aws.RoleArn)
        + Option("--external-id", Aws.ExternalId)
        + Option("--role-session-name", Aws.RoleSessionName);
}

/// <summary>A Kubernetes API server.</summary>
/// <param name="KubeConfig">The kubeconfig file; null leaves it to <c>KUBECONFIG</c> and its defaults.</param>
/// <param name="Context">The context in it; null is the current one.</param>
internal sealed record ContextSource(string? KubeConfig, string? Context) : Source
{
    public override string Options => Option("--kubeconfig", KubeConfig) + Option("--context", Context);
}
