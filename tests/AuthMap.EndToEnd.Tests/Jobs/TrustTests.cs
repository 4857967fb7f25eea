using System.Security.Cryptography.X509Certificates;

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

    [Fact]
    public async Task A_certificate_whose_time_is_over_is_not_trusted() =>
        await RefusesAsync(Server.Authority.IssueExpired(), "its certificate expired on ");

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted() => await RefusesAsync(
        CertificateAuthority.SelfSigned(), "its certificate is self-signed, and not signed by the cluster's certificate authority\n");

    [Fact]
    public async Task Without_an_authority_in_the_kubeconfig_the_machine_decides()
    {
        var kubeconfig = await WithoutAuthorityAsync(Proxy.Address);
        var refused = await RunWithAsync(kubeconfig, "get");
        Assert.Empty(Proxy.Requests);
        Program.Environment["SSL_CERT_FILE"] = await WriteFileAsync("machine.pem", Server.Authority.CertificatePem);

        (await RunWithAsync(kubeconfig, "get")).Succeeded();

        Assert.Equal("GET", Asked);
        Assert.Equal(8, refused.ExitCode);
        Assert.Contains(", which this machine does not trust\n", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_machines_authorities_do_not_count_where_the_cluster_has_its_own()
    {
        using var elsewhere = new CertificateAuthority();
        Program.Environment["SSL_CERT_FILE"] = await WriteFileAsync("machine.pem", Server.Authority.CertificatePem);
        var kubeconfig = await WriteFileAsync(
            "kubeconfig", Kubeconfig.Write(Proxy.Address, elsewhere, Credential.Token, [Server.Editor]));

        Assert.Equal(8, (await RunWithAsync(kubeconfig, "get")).ExitCode);

        Assert.Empty(Proxy.Requests);
    }

    private async Task RefusesAsync(X509Certificate2 certificate, string problem)
    {
        using var shown = certificate;
        var requests = 0;
        await using var other = await LoopbackServer.StartAsync(
            _ =>
            {
                requests++;
                return Task.CompletedTask;
            },
            shown);
        var kubeconfig = await WriteFileAsync(
            "kubeconfig", Kubeconfig.Write(other.Address, Server.Authority, Credential.Token, [Server.Editor]));

        var result = await RunWithAsync(kubeconfig, "get");

        Assert.Equal((8, 0), (result.ExitCode, requests));
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }

    private async Task<string> WithoutAuthorityAsync(Uri address)
    {
        var lines = Kubeconfig.Write(address, Server.Authority, Credential.Token, [Server.Editor]).Split('\n')
            .Where(line => !line.Contains("certificate-authority", StringComparison.Ordinal));
        return await WriteFileAsync("kubeconfig", string.Join('\n', lines));
    }

    // Something more about the cluster.
    private async Task<string> WithClusterLineAsync(string line)
    {
        var text = Kubeconfig.Write(Proxy.Address, Server.Authority, Credential.Token, [Server.Editor]);
        return await WriteFileAsync("kubeconfig", text.Replace("    server:", $"    {line}\n    server:", StringComparison.Ordinal));
    }
}
