using System.Security.Cryptography.X509Certificates;

namespace AuthMap.EndToEnd;

/// <summary>The program as it runs at AWS: with no endpoint set, every host is the real one. Here a proxy knows where they are.</summary>
public sealed class RealHostTests(EksCluster cluster) : EksProgramTest(cluster)
{
    // A name that the API server's certificate has; that of a real cluster would need a certificate of its own.
    private const string ClusterHost = "kubernetes.default.svc";

    private readonly EksApi eks = new(cluster.Iam, new AwsClock());
    private readonly Sts sts = new(cluster.Iam, new AwsClock());
    private ConnectProxy proxy = null!;
    private X509Certificate2 certificate = null!;

    private EksClusterState State => Cluster.State with { Endpoint = new($"https://{ClusterHost}") };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        certificate = Cluster.Authority.IssueForServer(
            "*.eu-west-1.amazonaws.com", "*.cn-north-1.amazonaws.com.cn", "*.us-gov-west-1.amazonaws.com", "*.us-iso-east-1.c2s.ic.gov",
            "*.us-isob-east-1.sc2s.sgov.gov", "*.eu-isoe-west-1.cloud.adc-e.uk", "*.us-isof-south-1.csp.hci.ic.gov",
            "*.eusc-de-east-1.amazonaws.eu", "*.mars-north-7.amazonaws.com");
        await eks.StartAsync(certificate);
        await sts.StartAsync(certificate);
        proxy = new ConnectProxy(host =>
            host == ClusterHost ? Cluster.Server.Address
            : host.StartsWith("eks.", StringComparison.Ordinal) ? eks.Address
            : host.StartsWith("sts.", StringComparison.Ordinal) ? sts.Address
            : null);

        Program.Environment.Remove("AWS_ENDPOINT_URL_EKS");
        Program.Environment.Remove("AWS_ENDPOINT_URL_STS");
        Program.Environment["HTTPS_PROXY"] = proxy.Address.AbsoluteUri;
        Program.Environment["AWS_CA_BUNDLE"] = WriteFile("bundle.pem", Cluster.Authority.CertificatePem);
    }

    public override async ValueTask DisposeAsync()
    {
        proxy?.Dispose();
        await eks.DisposeAsync();
        await sts.DisposeAsync();
        certificate?.Dispose();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("aws", "eu-west-1", "eu-west-1.amazonaws.com")]
    [InlineData("aws", "mars-north-7", "mars-north-7.amazonaws.com")]
    [InlineData("aws-cn", "cn-north-1", "cn-north-1.amazonaws.com.cn")]
    [InlineData("aws-us-gov", "us-gov-west-1", "us-gov-west-1.amazonaws.com")]
    [InlineData("aws-iso", "us-iso-east-1", "us-iso-east-1.c2s.ic.gov")]
    [InlineData("aws-iso-b", "us-isob-east-1", "us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("aws-iso-e", "eu-isoe-west-1", "eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("aws-iso-f", "us-isof-south-1", "us-isof-south-1.csp.hci.ic.gov")]
    [InlineData("aws-eusc", "eusc-de-east-1", "eusc-de-east-1.amazonaws.eu")]
    public async Task Every_partition_has_its_hosts(string partition, string region, string hosts)
    {
        var role = Cluster.Iam.AddRole($"arn:{partition}:iam::{Maps.Account}:role/ops");
        eks.Put(State with { Partition = partition, Region = region });
        Cluster.Webhook.Partition = partition;
        await Cluster.Server.AwsAuth.PutAsync(
            mapRoles: $"- rolearn: {role.Arn}\n  username: ops\n  groups: [{EksCluster.EditorGroup}]\n");
        ActAs(Cluster.Iam.AddUser($"arn:{partition}:iam::{Maps.Account}:user/alice"));

        var result = (await RunAsync("get", "--region", region, "--role-arn", role.Arn)).Succeeded();

        Contains(role.Arn, result.Output);
        Assert.Equal(
            [$"sts.{hosts}:443", $"eks.{hosts}:443", $"{ClusterHost}:443"], proxy.Targets);
        Assert.Equal($"sts.{hosts}", Cluster.Webhook.Hosts[^1]);
    }

    [Fact]
    public async Task NO_PROXY_makes_the_way_to_a_host_a_direct_one()
    {
        ActAs(Cluster.Creator);
        eks.Put(State);
        Program.Environment["NO_PROXY"] = ".default.svc";

        var result = await RunAsync("get", "--timeout", "5s");

        // There is no such host without the proxy.
        Assert.Equal(8, result.ExitCode);
        Assert.Equal(["eks.eu-west-1.amazonaws.com:443"], proxy.Targets);
    }

    [Fact]
    public async Task Without_the_bundle_a_proxy_that_looks_inside_is_not_trusted()
    {
        ActAs(Cluster.Creator);
        eks.Put(State);
        Program.Environment.Remove("AWS_CA_BUNDLE");

        var result = await RunAsync("get");

        Assert.Equal(8, result.ExitCode);
        Contains("AWS_CA_BUNDLE", result.Error);
        Assert.Empty(eks.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_machines_authorities_count_for_AWS_also_after_a_cluster_with_its_own(bool isTrusted)
    {
        ActAs(Cluster.Creator);
        eks.Put(State with { Endpoint = new("https://moved.default.svc") });
        Assert.Equal(8, (await RunAsync("get", "--timeout", "5s")).ExitCode);
        Assert.NotEmpty(eks.Requests);
        using var elsewhere = new CertificateAuthority();
        Program.Environment.Remove("AWS_CA_BUNDLE");
        Program.Environment["SSL_CERT_FILE"] = WriteFile("machine.pem", (isTrusted ? Cluster.Authority : elsewhere).CertificatePem);
        Program.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(Path.Combine(Program.Home, "none")).FullName;
        eks.Put(State);
        var asked = eks.Requests.Count;

        // What is cached leads nowhere, so EKS is asked again.
        var result = await RunAsync("get", "--timeout", "5s");

        Assert.Equal((isTrusted ? 0 : 8, isTrusted), (result.ExitCode, eks.Requests.Count > asked));
    }
}
