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

/// <summary>A Kubernetes API server.</summary>
/// <param name="KubeConfig">The kubeconfig file; null leaves it to <c>KUBECONFIG</c> and its defaults.</param>
/// <param name="Context">The context in it; null is the current one.</param>
internal sealed record ContextSource(string? KubeConfig, string? Context) : Source
{
    public override string Options => Option("--kubeconfig", KubeConfig) + Option("--context", Context);
}
