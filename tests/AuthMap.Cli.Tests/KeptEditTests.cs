using AuthMap.Cli.Tests.Support;
using AuthMap.Confirming;

namespace AuthMap.Cli.Tests;

/// <summary>Nothing that was typed in an editor is lost.</summary>
public sealed class KeptEditTests : EditorTest
{
    [Theory]
    [InlineData("""change 's/username: NAME/username: mine/' "$1" """, "username: mine")]
    [InlineData("""change -e '/^#:/d' -e 's/^/# /' "$1" """, "#   # ann's")]
    public async Task What_was_typed_into_lines_that_are_never_written_stays_in_the_file(string script, string typed)
    {
        var result = await EditAsync(script);

        Assert.Equal((0, 0), (result.ExitCode, Cluster.Writes));
        Assert.StartsWith("warning: what you typed is in ", result.Err);
        Assert.EndsWith("\ndev: nothing changed\n", result.Err);
        Assert.Contains(typed, File.ReadAllText(Seen("path").Trim()));

        Assert.Equal(0, (await EditAsync("exit 0", "--from", Seen("path").Trim())).ExitCode);
        Assert.Contains(typed, File.ReadAllText(Seen("path").Trim()));
    }

    [Fact]
    public async Task What_an_editor_rescued_before_it_died_stays()
    {
        var result = await EditAsync("""echo rescued > "$(dirname "$1")/.aws-auth.yaml.swp"; exit 1""");

        var folder = Path.GetDirectoryName(Seen("path").Trim())!;
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"warning: {folder} stays, since the editor has left something there\n", result.Err);
        Assert.Equal("rescued\n", File.ReadAllText(Path.Combine(folder, ".aws-auth.yaml.swp")));
    }

    [Fact]
    public async Task What_is_saved_after_the_file_was_read_stays()
    {
        var run = new TestRun { Connector = (_, _, _) => new(new Overtaken(Cluster, () => File.AppendAllText(Seen("path").Trim(), "# late\n")), null) };
        var result = await RunAsync(run, Editor("""change s/dev-user/developer/ "$1" """));

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, Cluster.MapRoles));
        Assert.Contains("warning: what you typed is in ", result.Err);
        Assert.EndsWith("# late\n", File.ReadAllText(Seen("path").Trim()));
    }

    [Fact]
    public async Task A_file_that_was_kept_goes_on_from_the_map_that_it_was_made_from()
    {
        await EditAsync("""if [ $n = 1 ]; then change 's/dev-user/dev: user/' "$1"; fi""");
        var path = Seen("path").Trim();
        var theirs = Roles + "- rolearn: arn:aws:iam::111122223333:role/new\n  username: new\n";
        Cluster.Overwrite(theirs);

        var next = await EditAsync("""change 's/dev: user/developer/' "$1" """, "--from", path);

        Assert.Equal((0, theirs.Replace("dev-user", "developer")), (next.ExitCode, Cluster.MapRoles));
        Assert.Contains("note: the map was changed meanwhile; that stays", next.Err);
    }

    [Fact]
    public async Task A_file_of_another_map_or_no_such_file_is_not_gone_on_with()
    {
        var path = Path.Combine(Folder, "aws-auth.yaml");
        Assert.Equal(2, (await EditAsync("exit 0", "--from", path)).ExitCode);
        File.WriteAllText(path, "mapRoles: []\n");
        Assert.Equal(2, (await EditAsync("exit 0", "--from", path)).ExitCode);
        File.WriteAllText(Path.Combine(Folder, "base.yaml"), "# other\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata: {}\n");

        var result = await EditAsync("exit 0", "--from", path);

        Assert.Equal((2, $"error: {path} is an edit of another map: other, not dev\n"), (result.ExitCode, result.Err));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task An_editor_that_fails_writes_nothing_and_what_it_saved_is_kept()
    {
        var failed = await EditAsync("exit 7");
        Assert.Equal((1, "error: the editor sh '" + Folder + "/editor.sh' ended with exit code 7\n"), (failed.ExitCode, failed.Err));
        Assert.False(File.Exists(Seen("path").Trim()));

        failed = await EditAsync("""change s/dev-user/developer/ "$1"; exit 7""");
        Assert.Equal((1, 0), (failed.ExitCode, Cluster.Writes));
        Assert.Contains("developer", File.ReadAllText(Seen("path").Trim()));
        Assert.StartsWith("warning: what you typed is in ", failed.Err);
    }

    [Theory]
    [InlineData(@"\377\376", new byte[] { 0xff, 0xfe })]
    [InlineData(@"mapRoles:\000", null)]
    public async Task A_file_that_is_no_text_any_longer_is_refused_and_kept(string saved, byte[]? kept)
    {
        var result = await EditAsync($"""printf '{saved}' > "$1" """);

        Assert.Equal((6, 0), (result.ExitCode, Cluster.Writes));
        var path = Seen("path").Trim();
        Assert.StartsWith($"warning: what you typed is in {path}; ", result.Err);
        Assert.Contains($"\nerror: {path}", result.Err);
        Assert.Contains(kept ?? "mapRoles:\0"u8.ToArray(), File.ReadAllBytes(path));
    }

    [Fact]
    public async Task A_file_that_is_no_text_opens_again_as_it_is_and_can_be_mended()
    {
        var result = await EditOnTerminalAsync("""if [ $n = 1 ]; then cp "$1" good; printf '\377' >> "$1"; else sed s/dev-user/developer/ good > "$1"; fi""");

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, Cluster.MapRoles));
        Assert.Contains("opening the editor again: ", result.Err);
        Assert.Equal(0xff, File.ReadAllBytes(Path.Combine(Folder, "shown2"))[^1]);
    }

    [Theory]
    [InlineData("rm \"$1\"")]
    [InlineData("rm -r \"$(dirname \"$1\")\"")]
    public async Task Nothing_is_said_to_be_in_a_file_that_the_editor_removed(string script)
    {
        var result = await EditAsync(script);

        var path = Seen("path").Trim();
        Assert.Equal(new(1, "", $"error: {path} is gone\n"), result);
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public async Task What_was_typed_last_is_kept_beside_what_was_typed_before()
    {
        var result = await EditOnTerminalAsync("""if [ $n = 1 ]; then change 's/dev-user/dev: user/' "$1"; else echo '# my note' > "$1"; fi""");

        var kept = await File.ReadAllTextAsync(Seen("path").Trim(), TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (result.ExitCode, Cluster.Writes));
        Assert.Contains("dev: user", kept);
        Assert.EndsWith("#: # my note\n", kept);
    }

    [Theory]
    [InlineData("rm \"$1\"", 1)]
    [InlineData("rm -r \"$(dirname \"$1\")\"", 1)]
    [InlineData(": > \"$1\"", 0)]
    public async Task What_was_typed_before_the_editor_removed_or_emptied_the_file_is_still_there(string script, int exitCode)
    {
        var result = await EditOnTerminalAsync($"""if [ $n = 1 ]; then change 's/dev-user/dev: user/' "$1"; else {script}; fi""");

        var path = Seen("path").Trim();
        Assert.Equal((exitCode, 0), (result.ExitCode, Cluster.Writes));
        Assert.Contains($"what you typed is in {path}; go on with", result.Err);
        Assert.Contains("dev: user", File.ReadAllText(path));

        var next = await EditAsync(script, "--from", path);
        Assert.Equal((exitCode, 0), (next.ExitCode, Cluster.Writes));
        Assert.Contains("dev: user", File.ReadAllText(path));

        Assert.Equal(0, (await EditAsync("""change 's/dev: user/developer/' "$1" """, "--from", path)).ExitCode);
        Assert.Equal(Roles.Replace("dev-user", "developer"), Cluster.MapRoles);
    }

    [Fact]
    public async Task AFolder_that_somebody_else_made_and_what_is_in_it_stay()
    {
        await EditAsync("""change s/dev-user/developer/ "$1" """, "--dry-run");
        var path = Path.Combine(Folder, "work", "mine.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Seen("path").Trim(), path);
        File.Copy(Path.Combine(Path.GetDirectoryName(Seen("path").Trim())!, "base.yaml"), Path.Combine(Folder, "work", "base.yaml"));

        var result = await EditAsync("exit 0", "--from", path);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, Cluster.MapRoles));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_change_that_was_undone_does_not_open_the_file_again()
    {
        FakeEntrance? door = null;
        Cluster = new(Roles) { FindEntrance = () => door ??= new(As("dev-user"), As("developer")) { Store = Cluster } };

        var result = await EditOnTerminalAsync("""change s/dev-user/developer/ "$1" """, "y\nn\n", "--confirm-within", "2m");

        Assert.Equal((6, Roles, "1\n"), (result.ExitCode, Cluster.MapRoles, Seen("runs")));
        Assert.Contains("warning: what you typed is in ", result.Err);
        Assert.EndsWith("error: dev: the change was undone: you did not want to keep it\n", result.Err);
        Assert.Contains("developer", File.ReadAllText(Seen("path").Trim()));

        static Entered As(string name) =>
            new(new(name, ["system:authenticated"], "arn:aws:sts::111122223333:assumed-role/k8sDev/bob", "AROAX:bob", null), IsFresh: true);
    }

    [Fact]
    public async Task A_dry_run_shows_the_difference_writes_nothing_and_keeps_the_file()
    {
        var result = await EditAsync("""change s/dev-user/developer/ "$1" """, "--dry-run");

        Assert.Equal((0, 0), (result.ExitCode, Cluster.Writes));
        Assert.Contains("-  username: dev-user\n+  username: developer\n", result.Out);
        Assert.Contains("note: what you typed is in ", result.Err);

        var next = await EditAsync("exit 0", "--from", Seen("path").Trim());
        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (next.ExitCode, Cluster.MapRoles));
    }

    [Theory]
    [InlineData("echo 'mapRoles: [' >> \"$1\"", 6)]
    [InlineData("grep -v -e k8sAdmin -e 'username: admin' -e masters \"$1\" > new; cat new > \"$1\"", 6)]
    [InlineData("change s/dev-user/developer/ \"$1\"; exit 3", 1)]
    public async Task Without_a_person_the_editor_runs_once_and_the_first_failure_counts(string script, int exitCode)
    {
        var result = await EditAsync(script);

        Assert.Equal((exitCode, 0, "1\n"), (result.ExitCode, Cluster.Writes, Seen("runs")));
        Assert.Contains($"warning: what you typed is in {Seen("path").Trim()}; ", result.Err);
    }

    [Fact]
    public async Task Whoever_is_told_to_stop_keeps_the_file()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var editor = Editor("""change s/dev-user/half/ "$1"; touch open; while [ -e runs ] && [ ! -e done ]; do sleep 0.05; done""");
        var run = RunAsync(new TestRun { CancellationToken = stop.Token }, editor);
        while (!File.Exists(Path.Combine(Folder, "open")))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();

        var result = await run;
        File.WriteAllText(Path.Combine(Folder, "done"), "");
        Assert.Equal((130, 0), (result.ExitCode, Cluster.Writes));
        Assert.Contains("half", File.ReadAllText(Seen("path").Trim()));
        Assert.StartsWith("warning: what you typed is in ", result.Err);
    }
}
