using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace AuthMap.EndToEnd;

/// <summary>What EKS said of a cluster is kept for a while: for the caller alone, without secrets, and never against the truth.</summary>
public sealed class ClusterCacheTests(EksCluster cluster) : EksProgramTest(cluster)
{
    /// <summary>How often EKS was asked.</summary>
    private int Asked => Cluster.Eks.Count("DescribeCluster");

    private string CacheFile => Assert.Single(Directory.GetFiles(CacheFolder));

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        ActAs(Cluster.Creator);
    }

    [Fact]
    public async Task The_second_run_does_not_ask_EKS()
    {
        (await RunAsync("get")).Succeeded();
        Assert.Equal(1, Asked);

        (await RunAsync("get")).Succeeded();

        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task Without_the_cache_each_run_asks_and_nothing_is_kept()
    {
        (await RunAsync("get", "--no-cache")).Succeeded();
        (await RunAsync("get", "--no-cache")).Succeeded();

        Assert.Equal(2, Asked);
        Assert.False(Directory.Exists(CacheFolder) && Directory.EnumerateFileSystemEntries(CacheFolder).Any());
    }

    [Fact]
    public async Task XDG_CACHE_HOME_moves_it()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(Program.Home, "elsewhere")).FullName;
        Program.Environment["XDG_CACHE_HOME"] = elsewhere;

        (await RunAsync("get")).Succeeded();

        Assert.Single(Directory.GetFiles(Path.Combine(elsewhere, "authmap")));
        Assert.False(Directory.Exists(CacheFolder));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task It_is_its_owners_alone_and_holds_no_secret()
    {
        var dev = Cluster.Iam.AddSession(Maps.Dev);
        await Cluster.Server.AwsAuth.PutAsync(
            mapRoles: $"- rolearn: {Maps.Dev}\n  username: dev\n  groups: [{EksCluster.EditorGroup}]\n");

        (await RunAsync(dev, "get")).Succeeded();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CacheFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(CacheFolder));
        var text = await File.ReadAllTextAsync(CacheFile, Cancellation);
        Assert.Contains(Cluster.Server.Address.Authority, text, StringComparison.Ordinal);
        Assert.All(Secrets.Of(dev), secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"key\":null}")]
    [InlineData("\0\u0001 not JSON")]
    public async Task A_corrupt_file_is_a_miss(string text)
    {
        (await RunAsync("get")).Succeeded();
        await File.WriteAllTextAsync(CacheFile, text, Cancellation);

        var result = (await RunAsync("get")).Succeeded();

        Assert.Equal("", result.Error);
        Assert.Equal(2, Asked);
        Assert.NotEqual(text, await File.ReadAllTextAsync(CacheFile, Cancellation));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_others_may_write_to_is_not_used()
    {
        Directory.CreateDirectory(CacheFolder);
        File.SetUnixFileMode(CacheFolder, (UnixFileMode)0b111_111_111);

        (await RunAsync("get")).Succeeded();
        (await RunAsync("get")).Succeeded();

        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task An_endpoint_that_has_moved_is_asked_for_again()
    {
        Cluster.Eks.Put(Cluster.State with { Endpoint = Nowhere() });
        Assert.Equal(8, (await RunAsync("get", "--timeout", "2s")).ExitCode);
        Cluster.Eks.Put(Cluster.State);

        var result = (await RunAsync("create", Maps.CreateDev)).Succeeded();

        Contains("eksworkshop (eu-west-1): 1 added\n", result.Error);
        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Cluster.Server.AwsAuth.GetTextAsync("mapRoles"));
        var asked = Asked;
        (await RunAsync("get")).Succeeded();
        Assert.Equal(asked, Asked);
    }

    [Fact]
    public async Task An_authority_that_has_changed_is_asked_for_again()
    {
        Cluster.Eks.Put(Cluster.State with { CertificatePem = Cluster.Authority.CertificatePem });
        var wrong = await RunAsync("get");
        Assert.NotEqual(0, wrong.ExitCode);
        Cluster.Eks.Put(Cluster.State);

        (await RunAsync("get")).Succeeded();

        Assert.InRange(Asked, 2, 3);
    }

    [Fact]
    public async Task Two_accounts_with_a_cluster_of_one_name_never_share()
    {
        var there = Cluster.Iam.AddUser("arn:aws:iam::444455556666:user/creator");
        Cluster.Eks.Put(Cluster.State with { Account = "444455556666", Endpoint = Nowhere() });

        (await RunAsync("get")).Succeeded();
        var result = await RunAsync(there, "get", "--timeout", "2s");

        Assert.Equal(8, result.ExitCode);
        Assert.Equal(1, DescribedBy(Cluster.Creator));
        Assert.InRange(DescribedBy(there), 1, 2);
        (await RunAsync(Cluster.Creator, "get")).Succeeded();
        Assert.Equal(1, DescribedBy(Cluster.Creator));

        int DescribedBy(Principal principal) => Cluster.Eks.Requests.Count(
            request => request["Authorization"]!.Contains(principal.AccessKeyId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_processes_share_it()
    {
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: Maps.DevEntry);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync("get")));

        Assert.All(results, result => Contains("dev-user", result.Succeeded().Output));
        Assert.All(results, result => Assert.Equal("", result.Error));
        Assert.InRange(Asked, 1, 8);
        Assert.EndsWith(".json", CacheFile, StringComparison.Ordinal);
        var asked = Asked;
        (await RunAsync("get")).Succeeded();
        Assert.Equal(asked, Asked);
    }

    /// <summary>An address where nobody listens.</summary>
    private static Uri Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
