using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AuthMap.EndToEnd;

/// <summary>Servers that are not there, or silent; and people who lose patience.</summary>
public sealed class UnreachableTests(ApiServer server) : ProxiedTest(server)
{
    // Shorter than the minute that the program would wait by itself, longer than a busy machine needs to start it.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_server_that_is_down_is_told_at_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"https://{listener.LocalEndpoint}");
        listener.Stop();

        var result = await EndsSoonAsync(Command(await WriteKubeconfigAsync("token: any", address)));

        Assert.Equal(8, result.ExitCode);
        Assert.Contains(
            $"error: cannot reach test at {address.Authority}: connection refused\nhint: is it running?\n",
            result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_told_at_once()
    {
        var kubeconfig = await WriteKubeconfigAsync("token: any", new Uri("https://cluster.invalid"));

        var result = await EndsSoonAsync(Command(kubeconfig));

        Assert.Equal(8, result.ExitCode);
        Assert.Contains("cluster.invalid", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_server_is_given_up_when_the_time_is_up()
    {
        Proxy.Next(HttpMethod.Get, Hang());

        var result = await EndsSoonAsync(ProxyCommand("get", "--timeout", "500ms"));

        Assert.Equal(8, result.ExitCode);
        Assert.StartsWith("error: no answer from editor within 0.5 s\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_silent_about_a_write_leaves_it_open_whether_it_happened()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        Proxy.Next(HttpMethod.Patch, Hang());

        var result = await EndsSoonAsync(ProxyCommand("create", [.. Maps.CreateDev, "--timeout", "3s"]));

        Assert.Equal(8, result.ExitCode);
        Assert.Contains("; whether the change was written is not known\nhint: list the mappings", result.Error, StringComparison.Ordinal);
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "; whether the change was written is not known")]
    public async Task Ctrl_C_ends_it_within_a_second_and_nothing_is_written(string silentAbout, string told)
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        var arrived = new TaskCompletionSource();
        Proxy.Next(new HttpMethod(silentAbout), Hang(arrived));
        await using var running = Program.Start(ProxyCommand("create", Maps.CreateDev));
        await arrived.Task.WaitAsync(Soon, Cancellation);

        var since = Stopwatch.StartNew();
        await running.InterruptAsync();
        var result = await running.WaitAsync(Soon, Cancellation);

        Assert.Equal(130, result.ExitCode);
        Assert.StartsWith("interrupted", result.Error, StringComparison.Ordinal);
        Assert.EndsWith($"{told}\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        // A second is what the program allows itself; the rest is for the signal's way on a busy machine.
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(5), $"it took {since.Elapsed}");
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Ctrl_C_after_a_write_that_happened_still_reports_it()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        var written = new TaskCompletionSource();
        Proxy.Next(HttpMethod.Patch, Faults.After(async exchange =>
        {
            written.SetResult();
            await Task.Delay(Timeout.Infinite, exchange.ClientGone);
        }));
        await using var running = Program.Start(ProxyCommand("create", Maps.CreateDev));
        await written.Task.WaitAsync(Soon, Cancellation);

        await running.InterruptAsync();
        var result = await running.WaitAsync(Soon, Cancellation);

        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("editor: 1 added\n", result.Error, StringComparison.Ordinal);
    }

    private static string[] Command(string kubeconfig) => ["get", "iamidentitymapping", "--kubeconfig", kubeconfig];

    private Task<ProcessResult> EndsSoonAsync(string[] command) => Program.RunAsync(command, input: null, Soon);

    // Until the client goes; then the server has seen nothing.
    private static Fault Hang(TaskCompletionSource? arrived = null) => exchange =>
    {
        arrived?.SetResult();
        return Faults.Delay(TimeSpan.FromMinutes(5))(exchange);
    };
}
