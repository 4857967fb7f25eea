using System.Text.RegularExpressions;
using AuthMap.Cli.Tests.Support;
using AuthMap.Confirming;
using AuthMap.Editing;

namespace AuthMap.Cli.Tests;

/// <summary>Scripts stand for the editor; what the person sees and types goes through a real file.</summary>
public sealed partial class EditTests : IDisposable
{
    private const string Dev = "arn:aws:iam::111122223333:role/k8sDev";
    private const string Admin = "- rolearn: arn:aws:iam::111122223333:role/k8sAdmin\n  username: admin\n  groups: [system:masters]\n";
    private const string Roles = $"{Admin}# ann's\n- rolearn: {Dev}\n  username: dev-user\n";

    // The scripts count their runs, and keep what they are shown.
    private const string Prelude = """
        cd "$(dirname "$0")"
        n=$(($(cat runs 2>/dev/null || echo 0) + 1))
        echo $n > runs
        cp "$1" shown$n
        echo "$1" | tee -a paths > path
        change() { sed "$@" > new && cat new > "$FILE" && rm new; }
        FILE=$1

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("authmap editor-").FullName;
    private FakeCluster _cluster = new(Roles);

    public void Dispose()
    {
        var paths = Path.Combine(_folder, "paths");
        foreach (var kept in File.Exists(paths) ? File.ReadLines(paths).Select(Path.GetDirectoryName).Where(Directory.Exists).Distinct() : [])
        {
            Directory.Delete(kept!, recursive: true);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_change_is_written_and_the_file_is_gone()
    {
        var result = await EditAsync("""stat -c %a "$1" "$(dirname "$1")" > modes; change s/dev-user/developer/ "$1" """);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, _cluster.MapRoles));
        Assert.EndsWith($"~ role  {Dev}  →  developer\n        username: dev-user  →  developer\ndev: 1 updated\n", result.Err);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Seen("path").Trim())));
        Assert.Equal("600\n700\n", Seen("modes"));
    }

    [Fact]
    public async Task An_editor_that_writes_windows_lines_and_a_byte_order_mark_changes_no_more_than_the_person()
    {
        var result = await EditAsync("""printf '\357\273\277' > new; sed "s/dev-user/developer/; s/\$/\r/" "$1" >> new; cat new > "$1" """);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, _cluster.MapRoles));
    }

    [Theory]
    [InlineData("echo >> \"$1\"")]
    [InlineData(": > \"$1\"")]
    [InlineData("grep '^#' \"$1\" > new; cat new > \"$1\"")]
    public async Task Nothing_is_written_when_nothing_is_left_or_changed(string script)
    {
        Assert.Equal(new(0, "", "dev: nothing changed\n"), await EditAsync(script));
        Assert.Equal(0, _cluster.Writes);
        Assert.False(File.Exists(Seen("path").Trim()));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("sleep 2")]
    public async Task An_editor_that_leaves_the_file_as_it_was_may_be_one_that_does_not_wait(string program)
    {
        var result = await RunAsync(new TestRun(), $"{program};:");

        Assert.Equal((0, 0), (result.ExitCode, _cluster.Writes));
        Assert.Equal(
            $"note: {program};: left the file as it was; if it opens a window of its own, it needs an option to wait, such as code --wait\n"
            + "dev: nothing changed\n", result.Err);
    }

    [Fact]
    public async Task A_change_counts_even_if_the_file_says_that_it_is_as_old_as_before()
    {
        var result = await EditAsync("""touch -r "$1" time; change s/dev-user/developer/ "$1"; touch -r time "$1" """);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, _cluster.MapRoles));
    }

    [Fact]
    public async Task A_change_counts_when_it_is_saved_with_carriage_returns_alone()
    {
        var result = await EditAsync("""sed s/dev-user/developer/ "$1" | tr '\n' '\r' > new; cat new > "$1" """);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, _cluster.MapRoles));
    }

    [Theory]
    [InlineData("""change 's/username: NAME/username: mine/' "$1" """, "username: mine")]
    [InlineData("""change -e '/^#:/d' -e 's/^/# /' "$1" """, "#   # ann's")]
    public async Task What_was_typed_into_lines_that_are_never_written_stays_in_the_file(string script, string typed)
    {
        var result = await EditAsync(script);

        Assert.Equal((0, 0), (result.ExitCode, _cluster.Writes));
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
        var run = new TestRun { Connector = (_, _, _) => new(new Overtaken(_cluster, () => File.AppendAllText(Seen("path").Trim(), "# late\n")), null) };
        var result = await RunAsync(run, Editor("""change s/dev-user/developer/ "$1" """));

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, _cluster.MapRoles));
        Assert.Contains("warning: what you typed is in ", result.Err);
        Assert.EndsWith("# late\n", File.ReadAllText(Seen("path").Trim()));
    }

    [Fact]
    public async Task A_mistake_is_shown_at_its_line_and_the_file_is_kept_when_it_stays()
    {
        var result = await EditOnTerminalAsync("""if [ $n = 1 ]; then change 's/dev-user/dev: user/' "$1"; fi""");

        Assert.Equal((6, Roles), (result.ExitCode, _cluster.MapRoles));
        var path = Seen("path").Trim();
        var shown = Seen("shown2").Split('\n');
        var line = Array.FindIndex(shown, text => text.Contains("dev: user"));
        Assert.Matches(@"^#: error: .+ \(column [0-9]+\)$", shown[line - 1]);
        Assert.Contains($"error: {path}:{line + 1}:", result.Err);
        Assert.Contains($"warning: what you typed is in {path}; go on with: authmap edit --from {path}\n", result.Err);

        var next = await EditAsync("""change 's/dev: user/developer/' "$1" """, "--from", path);
        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (next.ExitCode, _cluster.MapRoles));
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public async Task A_file_that_was_kept_goes_on_from_the_map_that_it_was_made_from()
    {
        await EditAsync("""if [ $n = 1 ]; then change 's/dev-user/dev: user/' "$1"; fi""");
        var path = Seen("path").Trim();
        var theirs = Roles + "- rolearn: arn:aws:iam::111122223333:role/new\n  username: new\n";
        _cluster.Overwrite(theirs);

        var next = await EditAsync("""change 's/dev: user/developer/' "$1" """, "--from", path);

        Assert.Equal((0, theirs.Replace("dev-user", "developer")), (next.ExitCode, _cluster.MapRoles));
        Assert.Contains("note: the map was changed meanwhile; that stays", next.Err);
    }

    [Fact]
    public async Task A_file_of_another_map_or_no_such_file_is_not_gone_on_with()
    {
        var path = Path.Combine(_folder, "aws-auth.yaml");
        Assert.Equal(2, (await EditAsync("exit 0", "--from", path)).ExitCode);
        File.WriteAllText(path, "mapRoles: []\n");
        Assert.Equal(2, (await EditAsync("exit 0", "--from", path)).ExitCode);
        File.WriteAllText(Path.Combine(_folder, "base.yaml"), "# other\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata: {}\n");

        var result = await EditAsync("exit 0", "--from", path);

        Assert.Equal((2, $"error: {path} is an edit of another map: other, not dev\n"), (result.ExitCode, result.Err));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task What_locks_people_out_opens_again_and_force_writes_it()
    {
        const string Script = """if [ $n = 1 ]; then grep -v -e k8sAdmin -e 'username: admin' -e masters "$1" > new; cat new > "$1"; fi""";
        var result = await EditOnTerminalAsync(Script);

        Assert.Equal((6, Roles), (result.ExitCode, _cluster.MapRoles));
        Assert.Contains("#: error: dev: this would lock people out\n#:   nobody would be left in system:masters\n", Seen("shown2"));
        Assert.DoesNotContain("k8sAdmin", Seen("shown2"));

        File.Delete(Path.Combine(_folder, "runs"));
        Assert.Equal(0, (await EditAsync(Script, "--force")).ExitCode);
        Assert.DoesNotContain("k8sAdmin", _cluster.MapRoles);
    }

    [Fact]
    public async Task An_editor_that_fails_writes_nothing_and_what_it_saved_is_kept()
    {
        var failed = await EditAsync("exit 7");
        Assert.Equal((1, "error: the editor sh '" + _folder + "/editor.sh' ended with exit code 7\n"), (failed.ExitCode, failed.Err));
        Assert.False(File.Exists(Seen("path").Trim()));

        failed = await EditAsync("""change s/dev-user/developer/ "$1"; exit 7""");
        Assert.Equal((1, 0), (failed.ExitCode, _cluster.Writes));
        Assert.Contains("developer", File.ReadAllText(Seen("path").Trim()));
        Assert.StartsWith("warning: what you typed is in ", failed.Err);
    }

    [Theory]
    [InlineData(@"\377\376", new byte[] { 0xff, 0xfe })]
    [InlineData(@"mapRoles:\000", null)]
    public async Task A_file_that_is_no_text_any_longer_is_refused_and_kept(string saved, byte[]? kept)
    {
        var result = await EditAsync($"""printf '{saved}' > "$1" """);

        Assert.Equal((6, 0), (result.ExitCode, _cluster.Writes));
        var path = Seen("path").Trim();
        Assert.StartsWith($"warning: what you typed is in {path}; ", result.Err);
        Assert.Contains($"\nerror: {path}", result.Err);
        Assert.Contains(kept ?? "mapRoles:\0"u8.ToArray(), File.ReadAllBytes(path));
    }

    [Fact]
    public async Task A_file_that_is_no_text_opens_again_as_it_is_and_can_be_mended()
    {
        var result = await EditOnTerminalAsync("""if [ $n = 1 ]; then cp "$1" good; printf '\377' >> "$1"; else sed s/dev-user/developer/ good > "$1"; fi""");

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, _cluster.MapRoles));
        Assert.Contains("opening the editor again: ", result.Err);
        Assert.Equal(0xff, File.ReadAllBytes(Path.Combine(_folder, "shown2"))[^1]);
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

    [Theory]
    [InlineData("rm \"$1\"", 1)]
    [InlineData("rm -r \"$(dirname \"$1\")\"", 1)]
    [InlineData(": > \"$1\"", 0)]
    public async Task What_was_typed_before_the_editor_removed_or_emptied_the_file_is_still_there(string script, int exitCode)
    {
        var result = await EditOnTerminalAsync($"""if [ $n = 1 ]; then change 's/dev-user/dev: user/' "$1"; else {script}; fi""");

        var path = Seen("path").Trim();
        Assert.Equal((exitCode, 0), (result.ExitCode, _cluster.Writes));
        Assert.Contains($"what you typed is in {path}; go on with", result.Err);
        Assert.Contains("dev: user", File.ReadAllText(path));

        var next = await EditAsync(script, "--from", path);
        Assert.Equal((exitCode, 0), (next.ExitCode, _cluster.Writes));
        Assert.Contains("dev: user", File.ReadAllText(path));

        Assert.Equal(0, (await EditAsync("""change 's/dev: user/developer/' "$1" """, "--from", path)).ExitCode);
        Assert.Equal(Roles.Replace("dev-user", "developer"), _cluster.MapRoles);
    }

    [Fact]
    public async Task A_folder_that_somebody_else_made_and_what_is_in_it_stay()
    {
        await EditAsync("""change s/dev-user/developer/ "$1" """, "--dry-run");
        var path = Path.Combine(_folder, "work", "mine.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Seen("path").Trim(), path);
        File.Copy(Path.Combine(Path.GetDirectoryName(Seen("path").Trim())!, "base.yaml"), Path.Combine(_folder, "work", "base.yaml"));

        var result = await EditAsync("exit 0", "--from", path);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, _cluster.MapRoles));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_mistake_that_takes_the_effect_away_is_shown_at_its_line_and_not_written()
    {
        const string Script = """if [ $n = 1 ]; then change 's/username: dev-user/usrname: dev-user/' "$1"; fi""";
        var result = await EditOnTerminalAsync(Script);

        Assert.Equal((6, Roles), (result.ExitCode, _cluster.MapRoles));
        var shown = Seen("shown2").Split('\n');
        var line = Array.FindIndex(shown, text => text.Contains("usrname: dev-user"));
        Assert.StartsWith("#: error: ", shown[line - 1]);
        Assert.Contains("(AM034)", shown[line - 1]);
        Assert.Contains($"{Seen("path").Trim()}:{line + 1}:", result.Err);
        Assert.EndsWith("hint: --force writes it all the same\n", result.Err);

        File.Delete(Path.Combine(_folder, "runs"));
        Assert.Equal((6, Roles), ((await EditAsync(Script)).ExitCode, _cluster.MapRoles));

        File.Delete(Path.Combine(_folder, "runs"));
        result = await EditAsync(Script, "--force");
        Assert.Equal((0, Roles.Replace("username: dev-user", "usrname: dev-user")), (result.ExitCode, _cluster.MapRoles));
        Assert.Contains("(AM034)", result.Err);
    }

    [Fact]
    public async Task A_mistake_that_was_there_before_is_no_obstacle()
    {
        _cluster = new(Roles.Replace("username: dev-user", "usrname: dev-user"));

        var result = await EditAsync("""change 's/username: admin/username: boss/' "$1" """);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("username: boss", _cluster.MapRoles);
    }

    [Fact]
    public async Task Each_of_several_mistakes_is_named_with_its_own_line()
    {
        var result = await EditOnTerminalAsync("""if [ $n = 1 ]; then change -e 's/username: dev-user/usrname: dev-user/' -e 's/username: admin/usernam: admin/' "$1"; fi""");

        var shown = Seen("shown2").Split('\n');
        var places = PlaceInError().Matches(result.Err).Select(match => (shown[int.Parse(match.Groups[1].Value) - 1].Trim(), match.Groups[2].Value)).ToList();
        Assert.Contains(("usernam: admin", "usernam"), places);
        Assert.Contains(("usrname: dev-user", "usrname"), places);
    }

    [Fact]
    public async Task A_change_that_was_undone_does_not_open_the_file_again()
    {
        FakeEntrance? door = null;
        _cluster = new(Roles) { FindEntrance = () => door ??= new(As("dev-user"), As("developer")) { Store = _cluster } };

        var result = await EditOnTerminalAsync("""change s/dev-user/developer/ "$1" """, "y\nn\n", "--confirm-within", "2m");

        Assert.Equal((6, Roles, "1\n"), (result.ExitCode, _cluster.MapRoles, Seen("runs")));
        Assert.Contains("warning: what you typed is in ", result.Err);
        Assert.EndsWith("error: dev: the change was undone: you did not want to keep it\n", result.Err);
        Assert.Contains("developer", File.ReadAllText(Seen("path").Trim()));

        static Entered As(string name) =>
            new(new(name, ["system:authenticated"], "arn:aws:sts::111122223333:assumed-role/k8sDev/bob", "AROAX:bob", null), IsFresh: true);
    }

    [Fact]
    public async Task Changes_of_others_stay_when_they_are_about_other_entries()
    {
        var theirs = Roles + "- rolearn: arn:aws:iam::111122223333:role/new\n  username: new\n";
        var result = await EditWhileAsync("""change s/dev-user/developer/ "$1" """, theirs);

        Assert.Equal((0, theirs.Replace("dev-user", "developer")), (result.ExitCode, _cluster.MapRoles));
    }

    [Fact]
    public async Task Changes_of_others_of_the_same_entry_are_shown_and_the_file_opens_again()
    {
        var theirs = Roles.Replace("dev-user", "theirs");
        var result = await EditWhileAsync("""if [ $n = 1 ]; then change s/dev-user/developer/ "$1"; fi""", theirs, "y\n");

        Assert.Equal((5, theirs), (result.ExitCode, _cluster.MapRoles));
        var shown = Seen("shown2");
        Assert.Contains($"#:   mapRoles: {Dev}\n", shown);
        Assert.Contains("#:   -  username: dev-user\n#:   +  username: theirs\n", shown);
        Assert.Contains("    username: developer\n", shown);
        Assert.Contains("warning: what you typed is in ", result.Err);

        result = await EditAsync("""change s/developer/both/ "$1" """, "--from", Seen("path").Trim());
        Assert.Equal((0, Roles.Replace("dev-user", "both")), (result.ExitCode, _cluster.MapRoles));
    }

    [Theory]
    [InlineData("cat \"$1\" > new; cat new > \"$1\"", "developer", 5)]
    [InlineData("echo '# agreed' >> \"$1\"", "developer", 0)]
    [InlineData("change s/developer/theirs/ \"$1\"", "theirs", 0)]
    [InlineData("change s/developer/both/ \"$1\"", "both", 0)]
    public async Task What_others_added_stays_whoever_wins_where_both_changed_the_same(string second, string username, int exitCode)
    {
        const string New = "- rolearn: arn:aws:iam::111122223333:role/new\n  username: new\n";
        var theirs = Admin.Replace("masters", "masters, view") + Roles[Admin.Length..].Replace("dev-user", "theirs") + New;

        var result = await EditWhileAsync($"""if [ $n = 1 ]; then change s/dev-user/developer/ "$1"; else {second}; fi""", theirs, "y\ny\n");

        Assert.Equal(exitCode, result.ExitCode);
        var written = exitCode == 0 ? theirs.Replace("theirs", username) : theirs;
        Assert.Equal(written, _cluster.MapRoles!.Replace("# agreed\n", "").Replace("  # agreed\n", ""));
    }

    [Fact]
    public async Task What_cannot_be_merged_is_kept_as_it_was_typed()
    {
        var theirs = "[{rolearn: \"arn:aws:iam::111122223333:role/k8sAdmin\", username: admin, groups: [\"system:masters\"]}]\n";

        var result = await EditWhileAsync("""change s/dev-user/developer/ "$1" """, theirs, "y\n");

        Assert.Equal((5, theirs, "1\n"), (result.ExitCode, _cluster.MapRoles, Seen("runs")));
        Assert.Contains("developer", File.ReadAllText(Seen("path").Trim()));
        Assert.Contains("hint: open a new authmap edit, and copy into it what you typed\n", result.Err);
    }

    [Fact]
    public async Task A_map_that_is_not_there_begins_with_the_sample()
    {
        _cluster = new(null);
        var result = await EditAsync("""change '/mapRoles:$/,/username:/s/^#: //' "$1" """);

        Assert.Equal((0, "- rolearn: arn:aws:iam::111122223333:role/NAME\n  username: NAME\n"), (result.ExitCode, _cluster.MapRoles));
        Assert.Equal(["mapRoles"], _cluster.Data.Keys);
    }

    [Fact]
    public async Task A_text_that_cannot_be_read_can_be_mended()
    {
        _cluster = new(Roles.Replace("dev-user", "dev: user"));
        var result = await EditAsync("""change 's/dev: user/dev-user/' "$1" """);

        Assert.Equal((0, Roles), (result.ExitCode, _cluster.MapRoles));
        Assert.Contains("#: mapRoles stands here as text, because it cannot be read (its line 6): ", Seen("shown1"));
        Assert.Contains("\nmapRoles: |\n", Seen("shown1"));
    }

    [Fact]
    public async Task A_dry_run_shows_the_difference_writes_nothing_and_keeps_the_file()
    {
        var result = await EditAsync("""change s/dev-user/developer/ "$1" """, "--dry-run");

        Assert.Equal((0, 0), (result.ExitCode, _cluster.Writes));
        Assert.Contains("-  username: dev-user\n+  username: developer\n", result.Out);
        Assert.Contains("note: what you typed is in ", result.Err);

        var next = await EditAsync("exit 0", "--from", Seen("path").Trim());
        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (next.ExitCode, _cluster.MapRoles));
    }

    [Fact]
    public async Task A_person_may_edit_again_before_saying_yes()
    {
        var result = await RunAsync(
            new TestRun { IsTerminal = true, Typed = "e\ny\n", Environment = NoColour },
            Editor("""if [ $n = 1 ]; then change s/dev-user/first/ "$1"; else change s/first/second/ "$1"; fi"""));

        Assert.Equal((0, Roles.Replace("dev-user", "second")), (result.ExitCode, _cluster.MapRoles));
        Assert.Equal(2, Question().Count(result.Err));
        Assert.Contains("+  username: first\n", result.Err);
    }

    [Fact]
    public async Task Nobody_is_asked_with_yes()
    {
        var result = await RunAsync(
            new TestRun { IsTerminal = true, Typed = "", Environment = NoColour }, Editor("""change s/dev-user/first/ "$1" """), "--yes");

        Assert.Equal((0, 0, 1), (result.ExitCode, Question().Count(result.Err), _cluster.Writes));
    }

    [Theory]
    [InlineData("echo 'mapRoles: [' >> \"$1\"", 6)]
    [InlineData("grep -v -e k8sAdmin -e 'username: admin' -e masters \"$1\" > new; cat new > \"$1\"", 6)]
    [InlineData("change s/dev-user/developer/ \"$1\"; exit 3", 1)]
    public async Task Without_a_person_the_editor_runs_once_and_the_first_failure_counts(string script, int exitCode)
    {
        var result = await EditAsync(script);

        Assert.Equal((exitCode, 0, "1\n"), (result.ExitCode, _cluster.Writes, Seen("runs")));
        Assert.Contains($"warning: what you typed is in {Seen("path").Trim()}; ", result.Err);
    }

    [Fact]
    public async Task Whoever_is_told_to_stop_keeps_the_file()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var editor = Editor("""change s/dev-user/half/ "$1"; touch open; while [ -e runs ] && [ ! -e done ]; do sleep 0.05; done""");
        var run = RunAsync(new TestRun { CancellationToken = stop.Token }, editor);
        while (!File.Exists(Path.Combine(_folder, "open")))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();

        var result = await run;
        File.WriteAllText(Path.Combine(_folder, "done"), "");
        Assert.Equal((130, 0), (result.ExitCode, _cluster.Writes));
        Assert.Contains("half", File.ReadAllText(Seen("path").Trim()));
        Assert.StartsWith("warning: what you typed is in ", result.Err);
    }

    private static Dictionary<string, string> NoColour => new() { ["NO_COLOR"] = "1" };

    private Task<RunResult> EditAsync(string script, params string[] args) => RunAsync(new TestRun(), Editor(script), args);

    private Task<RunResult> EditOnTerminalAsync(string script, string typed = "y\n", params string[] args) =>
        RunAsync(new TestRun { IsTerminal = true, Typed = typed, Environment = NoColour }, Editor(script), args);

    private Task<RunResult> EditWhileAsync(string script, string meanwhile, string? typed = null) => RunAsync(
        new TestRun
        {
            Connector = (_, _, _) => new(new Overtaken(_cluster, () => _cluster.Overwrite(meanwhile)), null),
            IsTerminal = typed is not null,
            Typed = typed,
            Environment = NoColour,
        },
        Editor(script));

    private Task<RunResult> RunAsync(TestRun run, string editor, params string[] args) => (run with
    {
        Connector = run.Connector ?? ((_, _, _) => new(_cluster, null)),
        Environment = new Dictionary<string, string>(run.Environment) { ["EDITOR"] = editor },
    }).OfAsync(["edit", .. args]);

    private string Editor(string script)
    {
        var path = Path.Combine(_folder, "editor.sh");
        File.WriteAllText(path, Prelude.ReplaceLineEndings("\n") + script + "\n");
        return $"sh '{path}'";
    }

    private string Seen(string name) => File.ReadAllText(Path.Combine(_folder, name));

    [GeneratedRegex(@"write this to dev\? \[y/N, e to edit again\]")]
    private static partial Regex Question();

    [GeneratedRegex("""aws-auth\.yaml:(\d+):\d+: .*?\b(usrname|usernam)\b""")]
    private static partial Regex PlaceInError();

    /// <summary>Something happens between the first read and the second.</summary>
    private sealed class Overtaken(FakeCluster inner, Action happens) : IAwsAuthStore
    {
        private int _reads;

        public string Target => inner.Target;

        public Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
        {
            if (++_reads == 2)
            {
                happens();
            }

            return inner.ReadAsync(cancellationToken);
        }

        public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write) => [];

        public Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken) =>
            inner.WriteAsync(read, write, cancellationToken);
    }
}
