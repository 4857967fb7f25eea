using System.Text.RegularExpressions;
using AuthMap.Cli.Tests.Support;

namespace AuthMap.Cli.Tests;

/// <summary>What becomes of what a person does in the editor.</summary>
public sealed partial class EditTests : EditorTest
{
    [Fact]
    public async Task A_change_is_written_and_the_file_is_gone()
    {
        var result = await EditAsync("""stat -c %a "$1" "$(dirname "$1")" > modes; change s/dev-user/developer/ "$1" """);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, Cluster.MapRoles));
        Assert.EndsWith($"~ role  {Dev}  →  developer\n        username: dev-user  →  developer\ndev: 1 updated\n", result.Err);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Seen("path").Trim())));
        Assert.Equal("600\n700\n", Seen("modes"));
    }

    [Fact]
    public async Task An_editor_that_writes_windows_lines_and_a_byte_order_mark_changes_no_more_than_the_person()
    {
        var result = await EditAsync("""printf '\357\273\277' > new; sed "s/dev-user/developer/; s/\$/\r/" "$1" >> new; cat new > "$1" """);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, Cluster.MapRoles));
    }

    [Theory]
    [InlineData("echo >> \"$1\"")]
    [InlineData(": > \"$1\"")]
    [InlineData("grep '^#' \"$1\" > new; cat new > \"$1\"")]
    public async Task Nothing_is_written_when_nothing_is_left_or_changed(string script)
    {
        Assert.Equal(new(0, "", "dev: nothing changed\n"), await EditAsync(script));
        Assert.Equal(0, Cluster.Writes);
        Assert.False(File.Exists(Seen("path").Trim()));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("sleep 2")]
    public async Task An_editor_that_leaves_the_file_as_it_was_may_be_one_that_does_not_wait(string program)
    {
        var result = await RunAsync(new TestRun(), $"{program};:");

        Assert.Equal((0, 0), (result.ExitCode, Cluster.Writes));
        Assert.Equal(
            $"note: {program};: left the file as it was; if it opens a window of its own, it needs an option to wait, such as code --wait\n"
            + "dev: nothing changed\n", result.Err);
    }

    [Fact]
    public async Task A_change_counts_even_if_the_file_says_that_it_is_as_old_as_before()
    {
        var result = await EditAsync("""touch -r "$1" time; change s/dev-user/developer/ "$1"; touch -r time "$1" """);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, Cluster.MapRoles));
    }

    [Fact]
    public async Task A_change_counts_when_it_is_saved_with_carriage_returns_alone()
    {
        var result = await EditAsync("""sed s/dev-user/developer/ "$1" | tr '\n' '\r' > new; cat new > "$1" """);

        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (result.ExitCode, Cluster.MapRoles));
    }

    [Fact]
    public async Task A_mistake_is_shown_at_its_line_and_the_file_is_kept_when_it_stays()
    {
        var result = await EditOnTerminalAsync("""if [ $n = 1 ]; then change 's/dev-user/dev: user/' "$1"; fi""");

        Assert.Equal((6, Roles), (result.ExitCode, Cluster.MapRoles));
        var path = Seen("path").Trim();
        var shown = Seen("shown2").Split('\n');
        var line = Array.FindIndex(shown, text => text.Contains("dev: user"));
        Assert.Matches(@"^#: error: .+ \(column [0-9]+\)$", shown[line - 1]);
        Assert.Contains($"error: {path}:{line + 1}:", result.Err);
        Assert.Contains($"warning: what you typed is in {path}; go on with: authmap edit --from {path}\n", result.Err);

        var next = await EditAsync("""change 's/dev: user/developer/' "$1" """, "--from", path);
        Assert.Equal((0, Roles.Replace("dev-user", "developer")), (next.ExitCode, Cluster.MapRoles));
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public async Task What_locks_people_out_opens_again_and_force_writes_it()
    {
        const string Script = """if [ $n = 1 ]; then grep -v -e k8sAdmin -e 'username: admin' -e masters "$1" > new; cat new > "$1"; fi""";
        var result = await EditOnTerminalAsync(Script);

        Assert.Equal((6, Roles), (result.ExitCode, Cluster.MapRoles));
        Assert.Contains("#: error: dev: this would lock people out\n#:   nobody would be left in system:masters\n", Seen("shown2"));
        Assert.DoesNotContain("k8sAdmin", Seen("shown2"));

        File.Delete(Path.Combine(Folder, "runs"));
        Assert.Equal(0, (await EditAsync(Script, "--force")).ExitCode);
        Assert.DoesNotContain("k8sAdmin", Cluster.MapRoles);
    }

    [Fact]
    public async Task A_mistake_that_takes_the_effect_away_is_shown_at_its_line_and_not_written()
    {
        const string Script = """if [ $n = 1 ]; then change 's/username: dev-user/usrname: dev-user/' "$1"; fi""";
        var result = await EditOnTerminalAsync(Script);

        Assert.Equal((6, Roles), (result.ExitCode, Cluster.MapRoles));
        var shown = Seen("shown2").Split('\n');
        var line = Array.FindIndex(shown, text => text.Contains("usrname: dev-user"));
        Assert.StartsWith("#: error: ", shown[line - 1]);
        Assert.Contains("(AM034)", shown[line - 1]);
        Assert.Contains($"{Seen("path").Trim()}:{line + 1}:", result.Err);
        Assert.EndsWith("hint: --force writes it all the same\n", result.Err);

        File.Delete(Path.Combine(Folder, "runs"));
        Assert.Equal((6, Roles), ((await EditAsync(Script)).ExitCode, Cluster.MapRoles));

        File.Delete(Path.Combine(Folder, "runs"));
        result = await EditAsync(Script, "--force");
        Assert.Equal((0, Roles.Replace("username: dev-user", "usrname: dev-user")), (result.ExitCode, Cluster.MapRoles));
        Assert.Contains("(AM034)", result.Err);
    }

    [Fact]
    public async Task A_mistake_that_was_there_before_is_no_obstacle()
    {
        Cluster = new(Roles.Replace("username: dev-user", "usrname: dev-user"));

        var result = await EditAsync("""change 's/username: admin/username: boss/' "$1" """);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("username: boss", Cluster.MapRoles);
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
    public async Task Changes_of_others_stay_when_they_are_about_other_entries()
    {
        var theirs = Roles + "- rolearn: arn:aws:iam::111122223333:role/new\n  username: new\n";
        var result = await EditWhileAsync("""change s/dev-user/developer/ "$1" """, theirs);

        Assert.Equal((0, theirs.Replace("dev-user", "developer")), (result.ExitCode, Cluster.MapRoles));
    }

    [Fact]
    public async Task Changes_of_others_of_the_same_entry_are_shown_and_the_file_opens_again()
    {
        var theirs = Roles.Replace("dev-user", "theirs");
        var result = await EditWhileAsync("""if [ $n = 1 ]; then change s/dev-user/developer/ "$1"; fi""", theirs, "y\n");

        Assert.Equal((5, theirs), (result.ExitCode, Cluster.MapRoles));
        var shown = Seen("shown2");
        Assert.Contains($"#:   mapRoles: {Dev}\n", shown);
        Assert.Contains("#:   -  username: dev-user\n#:   +  username: theirs\n", shown);
        Assert.Contains("    username: developer\n", shown);
        Assert.Contains("warning: what you typed is in ", result.Err);

        result = await EditAsync("""change s/developer/both/ "$1" """, "--from", Seen("path").Trim());
        Assert.Equal((0, Roles.Replace("dev-user", "both")), (result.ExitCode, Cluster.MapRoles));
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
        Assert.Equal(written, Cluster.MapRoles!.Replace("# agreed\n", "").Replace("  # agreed\n", ""));
    }

    [Fact]
    public async Task What_cannot_be_merged_is_kept_as_it_was_typed()
    {
        var theirs = "[{rolearn: \"arn:aws:iam::111122223333:role/k8sAdmin\", username: admin, groups: [\"system:masters\"]}]\n";

        var result = await EditWhileAsync("""change s/dev-user/developer/ "$1" """, theirs, "y\n");

        Assert.Equal((5, theirs, "1\n"), (result.ExitCode, Cluster.MapRoles, Seen("runs")));
        Assert.Contains("developer", File.ReadAllText(Seen("path").Trim()));
        Assert.Contains("hint: open a new authmap edit, and copy into it what you typed\n", result.Err);
    }

    [Fact]
    public async Task A_map_that_is_not_there_begins_with_the_sample()
    {
        Cluster = new(null);
        var result = await EditAsync("""change '/mapRoles:$/,/username:/s/^#: //' "$1" """);

        Assert.Equal((0, "- rolearn: arn:aws:iam::111122223333:role/NAME\n  username: NAME\n"), (result.ExitCode, Cluster.MapRoles));
        Assert.Equal(["mapRoles"], Cluster.Data.Keys);
    }

    [Fact]
    public async Task A_text_that_cannot_be_read_can_be_mended()
    {
        Cluster = new(Roles.Replace("dev-user", "dev: user"));
        var result = await EditAsync("""change 's/dev: user/dev-user/' "$1" """);

        Assert.Equal((0, Roles), (result.ExitCode, Cluster.MapRoles));
        Assert.Contains("#: mapRoles stands here as text, because it cannot be read (its line 6): ", Seen("shown1"));
        Assert.Contains("\nmapRoles: |\n", Seen("shown1"));
    }

    [Fact]
    public async Task A_person_may_edit_again_before_saying_yes()
    {
        var result = await RunAsync(
            new TestRun { IsTerminal = true, Typed = "e\ny\n", Environment = NoColour },
            Editor("""if [ $n = 1 ]; then change s/dev-user/first/ "$1"; else change s/first/second/ "$1"; fi"""));

        Assert.Equal((0, Roles.Replace("dev-user", "second")), (result.ExitCode, Cluster.MapRoles));
        Assert.Equal(2, Question().Count(result.Err));
        Assert.Contains("+  username: first\n", result.Err);
    }

    [Fact]
    public async Task Nobody_is_asked_with_yes()
    {
        var result = await RunAsync(
            new TestRun { IsTerminal = true, Typed = "", Environment = NoColour }, Editor("""change s/dev-user/first/ "$1" """), "--yes");

        Assert.Equal((0, 0, 1), (result.ExitCode, Question().Count(result.Err), Cluster.Writes));
    }

    [GeneratedRegex(@"write this to dev\? \[y/N, e to edit again\]")]
    private static partial Regex Question();

    [GeneratedRegex("""aws-auth\.yaml:(\d+):\d+: .*?\b(usrname|usernam)\b""")]
    private static partial Regex PlaceInError();
}
