using System.Text.RegularExpressions;
using AuthMap.Cli.Tests.Support;
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
    [InlineData("cat \"$1\" > new; cat new > \"$1\"")]
    [InlineData(": > \"$1\"")]
    [InlineData("grep '^#' \"$1\" > new; cat new > \"$1\"")]
    public async Task Nothing_is_written_when_nothing_is_left_or_changed(string script)
    {
        Assert.Equal(new(0, "", "dev: nothing changed\n"), await EditAsync(script));
        Assert.Equal(0, _cluster.Writes);
        Assert.False(File.Exists(Seen("path").Trim()));
    }

    [Fact]
    public async Task An_editor_that_returns_at_once_probably_does_not_wait()
    {
        var result = await RunAsync(new TestRun { Clock = new StoppedClock() }, "true");

        Assert.Equal((0, 0), (result.ExitCode, _cluster.Writes));
        Assert.StartsWith("note: true returned at once; if it opens a window, it needs an option to wait, such as code --wait\n", result.Err);
    }

    [Fact]
    public async Task A_mistake_is_shown_at_its_line_and_the_file_is_kept_when_it_stays()
    {
        var result = await EditAsync("""if [ $n = 1 ]; then change 's/dev-user/dev: user/' "$1"; fi""");

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
        var result = await EditAsync(Script);

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

    [Fact]
    public async Task A_file_that_is_no_text_any_longer_is_kept_as_it_is()
    {
        var result = await EditAsync("""printf '\377\376' > "$1" """);

        Assert.Equal((1, 0), (result.ExitCode, _cluster.Writes));
        Assert.Contains("is not UTF-8 any longer", result.Err);
        Assert.Equal([0xff, 0xfe], File.ReadAllBytes(Seen("path").Trim()));
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
        var result = await EditWhileAsync("""if [ $n = 1 ]; then change s/dev-user/developer/ "$1"; fi""", theirs);

        Assert.Equal((5, theirs), (result.ExitCode, _cluster.MapRoles));
        var shown = Seen("shown2");
        Assert.Contains($"#:   mapRoles: {Dev}\n", shown);
        Assert.Contains("#:   -  username: dev-user\n#:   +  username: theirs\n", shown);
        Assert.Contains("    username: developer\n", shown);
        Assert.Contains("warning: what you typed is in ", result.Err);

        result = await EditAsync("""change s/developer/both/ "$1" """, "--from", Seen("path").Trim());
        Assert.Equal((0, Roles.Replace("dev-user", "both")), (result.ExitCode, _cluster.MapRoles));
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

    [Fact]
    public async Task A_mistake_that_comes_again_and_again_ends_without_a_person()
    {
        var result = await EditAsync("""echo "garbage $n" >> "$1" """);

        Assert.Equal((6, 0), (result.ExitCode, _cluster.Writes));
        Assert.Equal("10\n", Seen("runs"));
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

    private Task<RunResult> EditWhileAsync(string script, string meanwhile) =>
        RunAsync(new TestRun { Connector = (_, _, _) => new(new Overtaken(_cluster, meanwhile), null) }, Editor(script));

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

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    /// <summary>Somebody else writes between the first read and the second.</summary>
    private sealed class Overtaken(FakeCluster inner, string theirs) : IAwsAuthStore
    {
        private int _reads;

        public string Target => inner.Target;

        public Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
        {
            if (++_reads == 2)
            {
                inner.Overwrite(theirs);
            }

            return inner.ReadAsync(cancellationToken);
        }

        public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write) => [];

        public Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken) =>
            inner.WriteAsync(read, write, cancellationToken);
    }
}
