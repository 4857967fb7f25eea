using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AuthMap.Cluster.Kubernetes.Config;

namespace AuthMap.Cluster.Kubernetes.Credentials;

/// <summary>Runs the credential plugin of a kubeconfig.</summary>
/// <param name="context">The context whose user has the plugin.</param>
/// <param name="config">The plugin.</param>
/// <param name="host">The environment it inherits.</param>
/// <param name="options">Who sees its standard error, and whether it may ask a person.</param>
internal sealed class ExecPlugin(ContextChoice context, ExecConfig config, HostEnvironment host, KubernetesOptions options)
{
    private const int ShownLines = 10;
    private const int LargestOutput = 1 << 20; // characters; a credential has a few thousand
    private const int KeptComplaint = 16 << 10; // characters
    private static readonly string[] Versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

    /// <summary>What it is called in messages.</summary>
    public string Who => $"the credential plugin \"{config.Command}\" of context \"{context.Name}\"";

    /// <summary>Runs it once.</summary>
    /// <exception cref="AuthMapException">It is not installed or answers nonsense (<see cref="FailureKind.Failed"/>),
    /// or it failed (<see cref="FailureKind.Unauthorized"/>).</exception>
    public async Task<ExecStatus> RunAsync(CancellationToken cancellationToken)
    {
        if (!Versions.Contains(config.ApiVersion))
        {
            throw new AuthMapException(
                FailureKind.Failed,
                $"{Who} is set up for {config.ApiVersion}, which kubectl no longer knows",
                "for EKS run: aws eks update-kubeconfig --name CLUSTER");
        }

        var interactive = options.Interactive && config.InteractiveMode != "Never";
        if (config.InteractiveMode == "Always" && !interactive)
        {
            throw new AuthMapException(FailureKind.Failed, $"{Who} has to ask a person, and standard input is no terminal");
        }

        var (exitCode, output, complaint) = await RunAsync(StartInfo(interactive), cancellationToken);
        return exitCode == 0 ? Parse(output) : throw new AuthMapException(new Failure(
            FailureKind.Unauthorized,
            $"{Who} failed with exit code {exitCode}",
            options.PluginOutput is null ? [.. Lines(complaint).TakeLast(ShownLines)] : [],
            "log in again; the command and its arguments stand in the kubeconfig"));
    }

    private ProcessStartInfo StartInfo(bool interactive)
    {
        var path = ExecutableLookup.Find(config.Command, host) ?? throw new AuthMapException(new Failure(
            FailureKind.Failed,
            $"{Who} is not {(Path.IsPathRooted(config.Command) ? "there, or not executable" : "on the PATH")}",
            Lines(config.InstallHint ?? ""),
            config.InstallHint is null ? "install it, or choose another context" : null));
        var start = new ProcessStartInfo(path, config.Arguments)
        {
            WorkingDirectory = host.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = !interactive,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach (var (name, value) in host.Variables.Concat(config.Environment))
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = ExecCredential.Write(
            config.ApiVersion, config.ProvideClusterInfo ? context.Cluster : null, interactive);
        return start;
    }

    private async Task<(int ExitCode, string Output, string Complaint)> RunAsync(
        ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new AuthMapException(new Failure(FailureKind.Failed, $"{Who} cannot be started: {e.Message}"), e);
        }

        if (start.RedirectStandardInput)
        {
            process.StandardInput.Close();
        }

        var output = ReadAsync(process.StandardOutput);
        var complaint = RelayAsync(process.StandardError);
        try
        {
            // A plugin's child that outlives it may hold the pipes open, and Ctrl-C must not wait for that; the first that
            // fails ends the wait, too.
            var exit = process.WaitForExitAsync(CancellationToken.None);
            await foreach (var ended in Task.WhenEach(output, complaint, exit).WithCancellation(cancellationToken))
            {
                await ended;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            Kill(process);
            throw;
        }

        return (process.ExitCode, await output, await complaint);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself, or is not ours to end; nobody waits for it any longer.
        }
    }

    private async Task<string> ReadAsync(StreamReader output)
    {
        var all = new StringBuilder();
        var buffer = new char[4096];
        while (await output.ReadAsync(buffer.AsMemory()) is var count and > 0)
        {
            all.Append(buffer, 0, count);
            if (all.Length > LargestOutput)
            {
                throw new AuthMapException(
                    FailureKind.Failed, $"{Who} printed more than {LargestOutput >> 20} MiB; no ExecCredential is that long");
            }
        }

        return all.ToString();
    }

    private async Task<string> RelayAsync(StreamReader error)
    {
        var all = new StringBuilder();
        var buffer = new char[1024];
        while (await error.ReadAsync(buffer.AsMemory()) is var count and > 0)
        {
            all.Append(buffer, 0, count);
            all.Remove(0, Math.Max(0, all.Length - KeptComplaint));
            options.PluginOutput?.Invoke(new string(buffer, 0, count));
        }

        return all.ToString();
    }

    private ExecStatus Parse(string output)
    {
        ExecCredential? answer;
        try
        {
            answer = ExecCredential.Read(output);
        }
        catch (JsonException e)
        {
            throw new AuthMapException(new Failure(FailureKind.Failed, $"{Who} did not print an ExecCredential in JSON"), e);
        }

        var fault = answer switch
        {
            { Kind: not "ExecCredential" } or null => $"printed a {answer?.Kind ?? "JSON text"} instead of an ExecCredential",
            _ when answer.ApiVersion != config.ApiVersion =>
                $"answered in {answer.ApiVersion}, the kubeconfig asks for {config.ApiVersion}",
            { Status: null or { Token: null or "", ClientCertificateData: null or "" } } =>
                "printed neither a token nor a client certificate",
            { Status: { ClientCertificateData: not (null or ""), ClientKeyData: null or "" } } =>
                "printed a client certificate without its key",
            _ => null,
        };
        return fault is null ? answer!.Status! : throw new AuthMapException(FailureKind.Failed, $"{Who} {fault}");
    }

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
