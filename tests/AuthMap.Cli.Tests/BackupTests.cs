using System.Text.RegularExpressions;
using AuthMap.Cli.Tests.Support;

namespace AuthMap.Cli.Tests;

/// <summary>The copies of a cluster's map that are kept on the user's machine.</summary>
public sealed partial class BackupTests : IDisposable
{
    private const string Arn = "arn:aws:iam::111122223333:role/k8sDev";
    private const string OneRole = $"- rolearn: {Arn}\n  username: dev-user # ann\n";

    private readonly string _home = Directory.CreateTempSubdirectory("authmap-home-").FullName;
    private readonly FakeCluster _cluster = new(OneRole);

    private string Backups => Path.Combine(_home, ".local", "state", "authmap", "backups");

    private string[] Kept => Directory.Exists(Backups) ? Directory.GetFiles(Backups, "*", SearchOption.AllDirectories) : [];

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task The_map_before_a_change_is_kept_as_get_prints_it()
    {
        var before = await RunAsync("get", "mapping", "-o", "manifest");

        var result = await CreateAsync();

        Assert.Equal(before.Out, File.ReadAllText(Assert.Single(Kept)));
        Assert.Equal($"~ role  {Arn}  →  second\n        username: dev-user  →  second\ndev: 1 updated\n", result.Err);
    }

    [Fact]
    public async Task Verbose_says_where()
    {
        var result = await CreateAsync("-v");

        Assert.StartsWith($"backup: the map as it was is kept in {Assert.Single(Kept)}\n~ role", result.Err);
    }

    [Fact]
    public async Task A_backup_is_put_back_as_a_whole()
    {
        await CreateAsync();

        var result = await RunAsync("apply", "-f", Assert.Single(Kept), "--replace");

        Assert.Equal((0, OneRole), (result.ExitCode, _cluster.MapRoles));
        Assert.Equal(2, Kept.Length);
    }

    [Fact]
    public async Task Without_backup_none_is_kept()
    {
        var result = await CreateAsync("--no-backup", "-v");

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(Kept);
        Assert.DoesNotContain("backup", result.Err);
    }

    [Theory]
    [InlineData("delete", "mapping", "--arn", Arn, "--dry-run")]
    [InlineData("create", "mapping", "--arn", Arn, "--username", "dev-user")]
    [InlineData("delete", "mapping", "--group", "nobody", "--ignore-not-found")]
    public async Task What_writes_nothing_keeps_nothing(params string[] args)
    {
        Assert.Equal(0, (await RunAsync(args)).ExitCode);

        Assert.Empty(Kept);
    }

    [Fact]
    public async Task What_a_person_declines_keeps_nothing()
    {
        var run = new TestRun { Connector = (_, _, _) => new(_cluster, null), Home = _home, IsTerminal = true, Typed = "n\n" };

        Assert.Equal(1, (await run.OfAsync(["delete", "mapping", "--arn", Arn])).ExitCode);

        Assert.Equal(0, _cluster.Writes);
        Assert.Empty(Kept);
    }

    [Fact]
    public async Task A_manifest_is_its_own()
    {
        var manifest = Path.Combine(_home, "aws-auth.yaml");
        File.WriteAllText(manifest, (await RunAsync("get", "mapping", "-o", "manifest")).Out);

        var result = await new TestRun { Home = _home }.OfAsync(
            ["create", "mapping", "--manifest", manifest, "--arn", Arn, "--username", "second", "-v"]);

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("backup", result.Err);
        Assert.Empty(Kept);
    }

    [Fact]
    public async Task A_home_that_takes_none_does_not_stop_the_change()
    {
        File.WriteAllText(Path.Combine(_home, ".local"), "in the way");

        var quiet = await CreateAsync();
        _cluster.Overwrite(OneRole);
        var verbose = await CreateAsync("-v");

        Assert.Equal((0, 2), (verbose.ExitCode, _cluster.Writes));
        Assert.Equal($"~ role  {Arn}  →  second\n        username: dev-user  →  second\ndev: 1 updated\n", quiet.Err);
        Assert.Matches(NotKept(), verbose.Err);
    }

    [GeneratedRegex("^backup: none is kept: .* cannot be made: .*\n~ role")]
    private static partial Regex NotKept();

    private Task<RunResult> CreateAsync(params string[] more) =>
        RunAsync(["create", "mapping", "--arn", Arn, "--username", "second", .. more]);

    private Task<RunResult> RunAsync(params string[] args) =>
        new TestRun { Connector = (_, _, _) => new(_cluster, null), Home = _home }.OfAsync(args);
}
