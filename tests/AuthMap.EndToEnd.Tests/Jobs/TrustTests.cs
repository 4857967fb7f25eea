namespace AuthMap.EndToEnd;

/// <summary>Which server a kubeconfig trusts: without that trust nothing is sent, above all no token.</summary>
public sealed class TrustTests(ApiServer server) : ProxiedTest(server)
{
    [Fact]
    public async Task A_server_with_a_certificate_of_another_authority_is_not_trusted()
    {
        using var elsewhere = new CertificateAuthority();
        var kubeconfig = await WriteFileAsync(
            "kubeconfig", Kubeconfig.Write(Proxy.Address, elsewhere, Credential.Token, [Server.Editor]));

        var result = await RunWithAsync(kubeconfig, "get");

        Assert.Equal(8, result.ExitCode);
        Assert.Contains($"error: cannot trust editor at {Proxy.Address.Authority}: its certificate ", result.Error, StringComparison.Ordinal);
        Assert.Empty(Proxy.Requests);
    }

    [Theory]
    [InlineData("tls-server-name: kubernetes.default.svc")]
    [InlineData("tls-server-name: localhost")]
    public async Task The_server_may_go_by_another_name(string line)
    {
        (await RunWithAsync(await WithClusterLineAsync(line), "get")).Succeeded();

        Assert.Equal("GET", Asked);
    }

    [Fact]
    public async Task A_server_of_another_name_is_not_trusted()
    {
        var result = await RunWithAsync(await WithClusterLineAsync("tls-server-name: elsewhere"), "get");

        Assert.Equal(8, result.ExitCode);
        Assert.Contains("its certificate is for ", result.Error, StringComparison.Ordinal);
        Assert.Contains(", not for elsewhere\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(Proxy.Requests);
    }

    [Fact]
    public async Task Any_certificate_will_do_when_the_kubeconfig_says_so()
    {
        var kubeconfig = await WithClusterLineAsync("insecure-skip-tls-verify: true");
        var text = await File.ReadAllLinesAsync(kubeconfig, Cancellation);
        await File.WriteAllLinesAsync(kubeconfig, text.Where(line => !line.Contains("certificate-authority", StringComparison.Ordinal)), Cancellation);

        (await RunWithAsync(kubeconfig, "get")).Succeeded();

        Assert.Equal("GET", Asked);
    }

    // Something more about the cluster.
    private async Task<string> WithClusterLineAsync(string line)
    {
        var text = Kubeconfig.Write(Proxy.Address, Server.Authority, Credential.Token, [Server.Editor]);
        return await WriteFileAsync("kubeconfig", text.Replace("    server:", $"    {line}\n    server:", StringComparison.Ordinal));
    }
}
