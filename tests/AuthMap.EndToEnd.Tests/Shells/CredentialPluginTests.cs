using System.Diagnostics;

namespace AuthMap.EndToEnd;

/// <summary>Completing ARNs of a cluster whose kubeconfig names a program for credentials.</summary>
public sealed class CredentialPluginTests : IDisposable
{
    private readonly AuthMapProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_plugin_that_needs_a_person_is_not_started()
    {
        var result = await AskAsync("Always");

        Assert.Equal(("", ""), (result.Output, result.Error));
        Assert.False(File.Exists(Path.Combine(program.Home, "started")));
    }

    [Fact]
    public async Task A_slow_plugin_is_not_waited_for_and_does_not_stay_behind()
    {
        var clock = Stopwatch.StartNew();

        var result = await AskAsync("IfAvailable");

        Assert.Equal(("", ""), (result.Output, result.Error));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
        var plugin = (await File.ReadAllTextAsync(Path.Combine(program.Home, "started"), TestContext.Current.CancellationToken)).Trim();
        // Killed, it stays listed until the system has looked.
        Assert.True(await Eventually.IsTrueAsync(() => Task.FromResult(!Directory.Exists($"/proc/{plugin}")), TimeSpan.FromSeconds(10)));
    }

    private async Task<ProcessResult> AskAsync(string interactiveMode)
    {
        Shell.Need("sh");
        await File.WriteAllTextAsync(Path.Combine(program.Home, "kc"), $$"""
            apiVersion: v1
            kind: Config
            current-context: dev
            contexts:
            - { name: dev, context: { cluster: dev, user: dev } }
            clusters:
            - { name: dev, cluster: { server: "https://127.0.0.1:1" } }
            users:
            - name: dev
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: sh
                  args: [-c, "echo $$ > started; exec sleep 60"]
                  interactiveMode: {{interactiveMode}}
            """, TestContext.Current.CancellationToken);
        return await program.RunAsync("__complete", "zsh", "arns", "--", "get", "mapping", "--kubeconfig", "kc", "--arn", "");
    }
}
