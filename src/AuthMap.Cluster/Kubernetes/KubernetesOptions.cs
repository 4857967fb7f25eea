namespace AuthMap.Cluster.Kubernetes;

/// <summary>How to talk to Kubernetes API servers, whichever they are.</summary>
/// <param name="Version">The program's version, for the user agent <c>authmap/VERSION</c>.</param>
public sealed record KubernetesOptions(string Version)
{
    /// <summary>Gets a line for each request (method, path, status, time), never with a secret. Null: nobody listens.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Gets what credential plugins write to their standard error, in pieces as it comes (a prompt has no line end).
    /// Null: it is kept for the message of a failure.</summary>
    public Action<string>? PluginOutput { get; init; }

    /// <summary>Whether a credential plugin may ask a person: standard input is a terminal and is not read otherwise.</summary>
    public bool Interactive { get; init; }
}
