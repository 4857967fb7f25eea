using System.Text.Json.Nodes;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Guarding;

namespace AuthMap.Cluster.Tests.Eks;

public sealed class ClusterCacheTests : EksTest
{
    [Fact]
    public async Task The_second_run_asks_the_cluster_alone()
    {
        await ReadAsync();
        var calls = Aws.Calls.Count;

        var snapshot = await ReadAsync();

        Assert.Equal((1, calls), (calls, Aws.Calls.Count));
        Assert.Equal(2, Server.Requests.Count);
        Assert.Equal(AuthenticationMode.ApiAndConfigMap, snapshot.Mode);
    }

    [Fact]
    public async Task What_is_kept_is_the_users_alone_and_holds_no_secret()
    {
        await ReadAsync();

        var text = await File.ReadAllTextAsync(CacheFile, Stop);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CacheFile));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(CacheFolder));
        }

        Assert.DoesNotContain("AKIDEXAMPLE", text, StringComparison.Ordinal);
        Assert.DoesNotContain("k8s-aws-v1", text, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{32}\\.json$", Path.GetFileName(CacheFile));
        Assert.Equal(
            ["arn", "tokenId", "status", "endpoint", "authorityData", "authenticationMode", "endpointPublicAccess", "publicNetworks"],
            JsonNode.Parse(text)!["cluster"]!.AsObject().Select(member => member.Key));
    }

    [Theory]
    [InlineData(59, 1)]
    [InlineData(61, 2)]
    [InlineData(-5, 2)]
    public async Task It_lives_for_an_hour_and_what_comes_from_the_future_does_not_count(int minutes, int asked)
    {
        await ReadAsync();
        Clock.Ahead = TimeSpan.FromMinutes(minutes);

        await ReadAsync();

        Assert.Equal(asked, Described);
    }

    [Fact]
    public async Task Without_it_nothing_is_read_or_written()
    {
        await ReadAsync(useCache: false);
        Assert.False(Directory.Exists(CacheFolder));

        await ReadAsync();
        await ReadAsync(useCache: false);

        Assert.Equal(3, Described);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"key\": null}")]
    [InlineData("\0\0\0\0")]
    [InlineData("\"x\"")]
    [InlineData("{}")]
    [InlineData("{\"key\": []}")]
    public async Task A_broken_file_is_a_miss_and_is_replaced(string text)
    {
        await ReadAsync();
        await File.WriteAllTextAsync(CacheFile, text, Stop);

        await ReadAsync();
        await ReadAsync();

        Assert.Equal(2, Described);
        Assert.Contains(Log, line => line.StartsWith("cache: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cluster", "authorityData", "!")]
    [InlineData("cluster", "authorityData", "UEVN")]
    [InlineData("cluster", "endpoint", "http://127.0.0.1")]
    [InlineData("cluster", "endpoint", "")]
    [InlineData("cluster", "endpoint", null)]
    [InlineData("key", "identity", "account 444455556666")]
    [InlineData("key", "cluster", "prod")]
    public async Task A_file_with_something_else_in_it_is_a_miss(string part, string member, string? value)
    {
        await ReadAsync();
        var entry = JsonNode.Parse(await File.ReadAllTextAsync(CacheFile, Stop))!;
        entry[part]![member] = value;
        await File.WriteAllTextAsync(CacheFile, entry.ToJsonString(), Stop);

        await ReadAsync();
        await ReadAsync();

        Assert.Equal(2, Described);
    }

    [Fact]
    public async Task A_huge_file_is_not_read()
    {
        await ReadAsync();
        await File.WriteAllTextAsync(CacheFile, await File.ReadAllTextAsync(CacheFile, Stop) + new string(' ', 1 << 20), Stop);

        await ReadAsync();

        Assert.Equal(2, Described);
    }

    [Fact]
    public async Task Where_there_can_be_no_folder_it_works_all_the_same()
    {
        Work.Write("home/.cache", "in the way");

        await ReadAsync();
        await ReadAsync();

        Assert.Equal(2, Described);
    }

    [Fact]
    public async Task A_folder_that_others_can_write_to_is_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes");
        Directory.CreateDirectory(CacheFolder);
#pragma warning disable CA1416 // The test is skipped there.
        File.SetUnixFileMode(CacheFolder, (UnixFileMode)0b111_111_111);
#pragma warning restore CA1416

        await ReadAsync();

        Assert.Empty(Directory.GetFiles(CacheFolder));
        Assert.Contains(Log, line => line.Contains("is not yours alone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_folder_moves_with_XDG_CACHE_HOME_if_that_is_absolute()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "other systems have other folders");
        Work.Set("XDG_CACHE_HOME", Work.Path("caches"));
        await ReadAsync();
        Assert.Single(Directory.GetFiles(Work.Path("caches/authmap")));

        Work.Set("XDG_CACHE_HOME", "relative");
        await ReadAsync();
        Assert.Single(Directory.GetFiles(CacheFolder));
    }

    [Fact]
    public async Task Another_caller_does_not_get_what_was_told_to_the_first()
    {
        await ReadAsync();
        Aws.Keys["AKIDOTHER"] = ("other secret", null, "arn:aws:iam::444455556666:user/bob");
        Be("AKIDOTHER", "other secret");

        await ReadAsync();

        Assert.Equal(["AKIDEXAMPLE", "AKIDOTHER"], Aws.Calls.Select(call => call.AccessKey!));
        Assert.Equal(2, Directory.GetFiles(CacheFolder).Length);
    }

    [Fact]
    public async Task Another_api_or_region_is_another_cluster()
    {
        await ReadAsync();
        Work.Set("AWS_REGION", "eu-west-2");
        await ReadAsync();
        Work.Set("AWS_ENDPOINT_URL", $"http://localhost:{Aws.Url.Port}");
        await ReadAsync();

        Assert.Equal(3, Described);
    }

    [Fact]
    public async Task A_cluster_that_has_moved_is_found_again()
    {
        await ReadAsync();
        await using var moved = (await ApiServerFake.StartAsync(Authority.Server(["127.0.0.1"]))).With(("mapRoles", "# moved\n"));
        await Server.DisposeAsync();
        Cluster["endpoint"] = $"https://127.0.0.1:{moved.Port}";

        Assert.Equal("# moved\n", (await ReadAsync()).Data["mapRoles"]);
        await ReadAsync();
        Assert.Equal(2, Described);
    }

    [Fact]
    public async Task A_cluster_with_a_new_authority_is_trusted_again()
    {
        await ReadAsync();
        using var other = new TestAuthority("CN=other");
        await using var rebuilt = (await ApiServerFake.StartAsync(other.Server(["127.0.0.1"]))).With(("mapRoles", "# rebuilt\n"));
        var entry = JsonNode.Parse(await File.ReadAllTextAsync(CacheFile, Stop))!;
        entry["cluster"]!["endpoint"] = $"https://127.0.0.1:{rebuilt.Port}";
        await File.WriteAllTextAsync(CacheFile, entry.ToJsonString(), Stop);
        Replace(Describe(rebuilt.Port, other));

        Assert.Equal("# rebuilt\n", (await ReadAsync()).Data["mapRoles"]);
        Assert.Single(rebuilt.Requests);
        Assert.Equal(2, Described);
    }

    [Fact]
    public async Task A_cluster_that_is_gone_is_said_to_be_gone()
    {
        await ReadAsync();
        await Server.DisposeAsync();
        Aws.Instead = _ => AwsAnswer.Error(404, "ResourceNotFoundException", "No cluster found for name: dev.");

        var failure = await FailAsync(FailureKind.NotFound);

        Assert.StartsWith("no EKS cluster \"dev\" in eu-west-1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_is_down_is_asked_about_once_more_and_no_more()
    {
        await ReadAsync();
        await Server.DisposeAsync();

        var failure = await FailAsync(FailureKind.Unreachable);

        Assert.Equal($"cannot reach dev (eu-west-1) at 127.0.0.1:{Server.Port}: connection refused", failure.Message);
        Assert.Equal(2, Described);
    }

    [Fact]
    public async Task Being_refused_is_no_reason_to_ask_again()
    {
        await ReadAsync();
        Server.Instead = (context, _) => ApiServerFake.RefuseAsync(context, 401, "Unauthorized", "Unauthorized");

        await FailAsync(FailureKind.Unauthorized);

        Assert.Equal(1, Described);
    }

    [Fact]
    public async Task Many_runs_at_once_do_not_get_in_each_others_way()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => ReadAsync(), Stop)));

        Assert.DoesNotContain(Log, line => line.StartsWith("cache: cannot", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(CacheFolder));
    }

    [Fact]
    public async Task What_nobody_uses_any_more_is_swept_away()
    {
        await ReadAsync();
        var old = CacheFile;
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-8));
        Work.Set("AWS_REGION", "eu-west-2");

        await ReadAsync();

        Assert.NotEqual(old, CacheFile);
    }
}
