using System.Text;
using System.Text.RegularExpressions;
using AuthMap.Cluster.Backups;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Editing;
using AuthMap.Manifests;

namespace AuthMap.Cluster.Tests.Backups;

public sealed class BackupFolderTests : IDisposable
{
    private const string Arn = "arn:aws:eks:eu-west-1:111122223333:cluster/dev";
    private const string Root = "home/.local/state/authmap/backups";

    private readonly Workspace _work = new();
    private readonly List<string> _log = [];
    private readonly StoppedClock _clock = new(new(2026, 11, 24, 13, 25, 1, 123, TimeSpan.Zero));

    public void Dispose() => _work.Dispose();

    private string Folder => Assert.Single(Directory.GetDirectories(_work.Path(Root)));

    private string[] Names => [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_map_is_kept_as_the_manifest_that_get_prints()
    {
        Keep("- rolearn: é\n");

        Assert.Equal(["20261124T132501.123Z.yaml"], Names);
        var text = File.ReadAllText(Path.Combine(Folder, Names[0]));
        Assert.Equal(ManifestDocument.Of(Data("- rolearn: é\n")), text);
        Assert.Equal("- rolearn: é\n", ManifestDocument.Parse(text, "x").Data["mapRoles"]);
        Assert.Equal($"backup: the map as it was is kept in {Path.Combine(Folder, Names[0])}", Assert.Single(_log));
    }

    [Theory]
    [InlineData("username: ann")]
    [InlineData("username: é😀")]
    public void A_map_may_be_large(string line)
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"- rolearn: {new string('x', i % 7)}\n  {line}\n"));
        Keep(text);

        Assert.Equal(
            Encoding.UTF8.GetBytes(ManifestDocument.Of(Data(text))),
            File.ReadAllBytes(Path.Combine(Folder, Assert.Single(Names))));
    }

    [Fact]
    public void A_map_that_no_manifest_can_hold_leaves_nothing()
    {
        Keep("half of one: \ud83d\n");

        Assert.Empty(Names);
        Assert.Matches("^backup: cannot be kept: .*half a surrogate pair", Assert.Single(_log));
    }

    [Fact]
    public void An_absent_map_leaves_nothing_to_keep()
    {
        Backups().Keep(new() { Exists = false })();

        Assert.False(Directory.Exists(_work.Path("home/.local")));
        Assert.Empty(_log);
    }

    [Fact]
    public void Only_its_user_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("modes are Unix's");
            return;
        }

        Keep("[]");
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Private, File.GetUnixFileMode(Path.Combine(Folder, Names[0])));
        foreach (var folder in new[] { Folder, _work.Path(Root) })
        {
            Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public void Two_of_one_moment_both_stay()
    {
        Keep("- first\n");
        Keep("- second\n");

        Assert.Equal(["20261124T132501.123Z.yaml", "20261124T132501.124Z.yaml"], Names);
        Assert.Contains("first", File.ReadAllText(Path.Combine(Folder, Names[0])));
        Assert.Contains("second", File.ReadAllText(Path.Combine(Folder, Names[1])));
    }

    [Fact]
    public void The_newest_fifty_stay_and_files_of_others_too()
    {
        Keep("[]");
        string[] others = ["20200101T000000.000Z.yaml.bak", "20209901T000000.000Z.yaml", "notes.yaml"];
        foreach (var name in others)
        {
            File.WriteAllText(Path.Combine(Folder, name), "");
        }

        File.WriteAllText(Path.Combine(Folder, "20261124T132501.122Z.yaml.0123.tmp"), "half of one, from a crash");

        for (var i = 0; i < BackupFolder.Limit; i++)
        {
            _clock.Now += TimeSpan.FromHours(1);
            Keep($"- {i}\n");
        }

        Assert.Equal(BackupFolder.Limit + others.Length, Names.Length);
        Assert.Equal(others, Names.Intersect(others));
        Assert.Equal("20261124T142501.123Z.yaml", Names.Except(others).First());
    }

    [Fact]
    public void The_newest_stays_even_when_the_clock_went_back()
    {
        for (var i = 0; i < BackupFolder.Limit + 1; i++)
        {
            Keep($"- {i}\n");
            _clock.Now -= TimeSpan.FromHours(1);
        }

        Assert.Equal(BackupFolder.Limit, Names.Length);
        Assert.Contains($"- {BackupFolder.Limit}\n", File.ReadAllText(Path.Combine(Folder, Names[0])));
    }

    [Fact]
    public void What_was_kept_for_a_write_that_did_not_happen_goes()
    {
        Backups().Keep(Map("[]"))();

        Assert.Empty(Names);
        Assert.Matches("^backup: removed .*: the map was not written$", _log[^1]);
    }

    [Theory]
    [InlineData("arn:aws:eks:eu-west-1:111122223333:cluster/dev", "arn:aws:eks:eu-west-1:444455556666:cluster/dev")]
    [InlineData("arn:aws:eks:eu-west-1:111122223333:cluster/dev", "arn:aws:eks:eu-west-2:111122223333:cluster/dev")]
    [InlineData("dev https://10.0.0.1", "dev https://10.0.0.2")]
    [InlineData("dev https://10.0.0.1:443", "dev https://10.0.0.1/443")]
    [InlineData("dev https://x", "Dev https://x")]
    [InlineData("ä", "ö")]
    public void Clusters_do_not_share_a_folder(string one, string other)
    {
        Backups(one).Keep(Map("- one\n"));
        Backups(other).Keep(Map("- other\n"));

        var folders = Directory.GetDirectories(_work.Path(Root));
        Assert.Equal(2, folders.DistinctBy(path => path.ToLowerInvariant()).Count());
        Assert.All(folders, folder => Assert.Single(Directory.GetFiles(folder)));
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("con")]
    [InlineData("a/b\\c:d\0e\n")]
    public void Whatever_a_cluster_is_called_its_folder_is_one_of_the_backups(string identity)
    {
        Backups(identity).Keep(Map("[]"));

        Assert.Single(Names);
        Assert.Matches("^[-A-Za-z0-9._]{20,200}$", Path.GetFileName(Folder));
    }

    [Fact]
    public void A_cluster_is_recognised_by_the_name_of_its_folder()
    {
        Keep("[]");

        Assert.StartsWith("arn_aws_eks_eu-west-1_111122223333_cluster_dev-", Path.GetFileName(Folder));
    }

    [Fact]
    public void The_state_folder_may_be_elsewhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "XDG is Unix's");
        _work.Set("XDG_STATE_HOME", _work.Path("state"));

        Keep("[]");

        Assert.Single(Directory.GetFiles(Assert.Single(Directory.GetDirectories(_work.Path("state/authmap/backups")))));
        Assert.False(Directory.Exists(_work.Path("home/.local")));
    }

    [Fact]
    public void Without_a_home_none_is_kept()
    {
        new BackupFolder(_work.Host with { HomeDirectory = "" }, _clock, Arn, _log.Add).Keep(Map("[]"))();

        Assert.Equal("backup: none is kept: there is no folder for it (no home directory)", Assert.Single(_log));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named_with_the_reason()
    {
        _work.Write("home/.local/state", "in the way");

        Keep("[]");

        Assert.Matches($"^backup: none is kept: {Regex.Escape(_work.Path(Root))} cannot be made: [a-z][^:.]*$", Assert.Single(_log));
    }

    [Fact]
    public void A_folder_that_others_can_write_to_is_not_used()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("modes are Unix's");
            return;
        }

        Keep("[]");
        _clock.Now += TimeSpan.FromHours(1);
        File.SetUnixFileMode(_work.Path(Root), (UnixFileMode)0b111_111_111);

        Keep("[]");

        Assert.Single(Names);
        Assert.Equal($"backup: none is kept: {_work.Path(Root)} is not yours alone", _log[^1]);
    }

    [Fact]
    public void The_newest_copy_of_a_cluster_is_found()
    {
        Assert.Null(Backups().Newest());
        Keep("[]");
        _clock.Now += TimeSpan.FromDays(400);
        Keep("- rolearn: a\n");
        File.WriteAllText(Path.Combine(Folder, "zzz.yaml"), "");

        Assert.Equal("20271229T132501.123Z.yaml", Path.GetFileName(Backups().Newest()));
        Assert.Null(Backups("another").Newest());
    }

    [Fact]
    public void A_link_in_the_place_of_the_folder_is_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Keep("[]");
        Directory.Move(Folder, _work.Path("elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(_work.Path(Root), _log[0].Split('/')[^2]), _work.Path("elsewhere"));

        Keep("[]");

        Assert.EndsWith(" is not yours alone", _log[^1]);
        Assert.Single(Directory.GetFiles(_work.Path("elsewhere")));
    }

    private void Keep(string mapRoles) => _ = Backups().Keep(Map(mapRoles));

    private BackupFolder Backups(string identity = Arn) => new(_work.Host, _clock, identity, _log.Add);

    private static Snapshot Map(string mapRoles) => new() { Exists = true, Data = Data(mapRoles), Version = "1" };

    private static Dictionary<string, string> Data(string mapRoles) => new() { ["mapRoles"] = mapRoles };

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
