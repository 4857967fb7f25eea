using AuthMap.Cluster.Kubernetes;

namespace AuthMap.Cluster.Tests.Support;

/// <summary>A directory of its own, and the environment of a program that runs in it.</summary>
public sealed class Workspace : IDisposable
{
    private readonly Dictionary<string, string> _variables = new() { ["PATH"] = "/usr/bin:/bin" };

    public Workspace() => Directory.CreateDirectory(System.IO.Path.Combine(Root, "home"));

    public string Root { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"authmap-{Guid.NewGuid():N}");

    public HostEnvironment Host => new(_variables, Path("home"), Root, Root);

    public string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public string Write(string relative, string text)
    {
        var path = Path(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Script(string relative, string text)
    {
        var path = Write(relative, "#!/bin/sh\n" + text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public Workspace Set(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public KubernetesConnector Connector(KubernetesOptions? options = null) =>
        new(Host, TimeProvider.System, options ?? new KubernetesOptions("1.2.3")) { ServiceAccountDirectory = Path("serviceaccount") };

    public KubernetesTarget Target(string? context = null, KubernetesOptions? options = null) =>
        Connector(options).Resolve(new KubernetesSource(Context: context));

    /// <summary>Writes <c>~/.kube/config</c> with one context "ctx"; cluster and user in YAML flow style.</summary>
    public Workspace Kubeconfig(string cluster, string user = "{}")
    {
        Write("home/.kube/config", $"""
            apiVersion: v1
            kind: Config
            current-context: ctx
            clusters:
            - name: c
              cluster: {cluster}
            contexts:
            - name: ctx
              context: {"{"}cluster: c, user: u{"}"}
            users:
            - name: u
              user: {user}
            """);
        return this;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
