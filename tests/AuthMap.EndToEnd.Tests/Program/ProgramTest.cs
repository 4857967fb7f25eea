namespace AuthMap.EndToEnd;

/// <summary>A test of the program against the real server. Unless it says otherwise, the program is the editor.</summary>
public abstract class ProgramTest(ApiServer server) : ApiServerTest(server)
{
    private string kubeconfig = "";

    protected AuthMapProgram Program { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        kubeconfig = await Server.WriteKubeconfigAsync(Server.Editor);
    }

    public override async ValueTask DisposeAsync()
    {
        Program.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a verb on identity mappings as the editor.</summary>
    protected Task<ProcessResult> RunAsync(string verb, params string[] arguments) => Program.RunAsync(Editor(verb, arguments));

    /// <summary>The same command line, for a test that starts it in its own way.</summary>
    protected string[] Editor(string verb, params string[] arguments) =>
        [verb, "iamidentitymapping", "--kubeconfig", kubeconfig, "--context", "editor", .. arguments];

    /// <summary>Runs a verb with another kubeconfig, in its current context.</summary>
    protected Task<ProcessResult> RunWithAsync(string otherKubeconfig, string verb, params string[] arguments) =>
        Program.RunAsync([verb, "iamidentitymapping", "--kubeconfig", otherKubeconfig, .. arguments]);

    /// <summary>Writes a file into the program's home.</summary>
    protected async Task<string> WriteFileAsync(string name, string text)
    {
        var path = Path.Combine(Program.Home, name);
        await File.WriteAllTextAsync(path, text, Cancellation);
        return path;
    }

    /// <summary>Writes a kubeconfig with one context, named after its user, and what the user proves itself with.</summary>
    /// <param name="user">Lines of YAML below <c>user:</c>.</param>
    /// <param name="address">Another address of the server.</param>
    protected Task<string> WriteKubeconfigAsync(string user, Uri? address = null) => WriteFileAsync("kubeconfig", $"""
        apiVersion: v1
        kind: Config
        current-context: test
        clusters:
        - name: envtest
          cluster:
            server: {(address ?? Server.Address).AbsoluteUri.TrimEnd('/')}
            certificate-authority: {WriteAuthority()}
        contexts:
        - name: test
          context: {"{"} cluster: envtest, user: test {"}"}
        users:
        - name: test
          user:
        {string.Concat(user.Split('\n').Select(line => $"    {line}\n"))}
        """);

    /// <summary>The program's user agent.</summary>
    protected async Task<string> UserAgentAsync() =>
        (await Program.RunAsync("--version")).Succeeded().Output.TrimEnd('\n').Replace(' ', '/');

    private string WriteAuthority()
    {
        var path = Path.Combine(Program.Home, "ca.crt");
        File.WriteAllText(path, Server.Authority.CertificatePem);
        return path;
    }
}
