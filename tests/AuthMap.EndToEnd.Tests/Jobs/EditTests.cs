namespace AuthMap.EndToEnd;

/// <summary>The map in an editor, for which a script stands.</summary>
public sealed class EditTests(ApiServer server) : ProgramTest(server)
{
    private static string Before { get; } = "# ours\n" + Maps.Nodes + Maps.DevEntry;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Server.AwsAuth.PutAsync(mapRoles: Before);
        Program.Environment["TMPDIR"] = Program.Home;
    }

    [Fact]
    public async Task What_is_edited_is_written_and_can_be_rolled_back()
    {
        await EditorAsync("""change s/dev-user/developer/ "$1" """);

        var result = (await EditAsync()).Succeeded();

        Assert.EndsWith("editor: 1 updated\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(Before.Replace("dev-user", "developer", StringComparison.Ordinal), await Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.Null(Kept());
        (await RunAsync("rollback")).Succeeded();
        Assert.Equal(Before, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task What_another_authmap_writes_meanwhile_stays()
    {
        await EditorAsync($"""change s/dev-user/developer/ "$1"; {Other("create", "--arn", Maps.Other, "--username", "other")}""");

        var result = (await EditAsync()).Succeeded();

        Assert.Contains("note: the map was changed meanwhile", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            Before.Replace("dev-user", "developer", StringComparison.Ordinal) + Maps.Role(Maps.Other, "other"),
            await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task What_another_authmap_writes_into_the_same_entry_is_never_lost()
    {
        await EditorAsync($"""change s/dev-user/developer/ "$1"; {Other("create", "--arn", Maps.Dev, "--username", "theirs")}""");

        var result = await EditAsync();

        Assert.Equal(5, result.ExitCode);
        Assert.Equal(Before.Replace("dev-user", "theirs", StringComparison.Ordinal), await Server.AwsAuth.GetTextAsync("mapRoles"));
        var kept = await File.ReadAllTextAsync(Kept()!, Cancellation);
        Assert.Contains("username: developer", kept, StringComparison.Ordinal);
        Assert.Contains("+  username: theirs", kept, StringComparison.Ordinal);

        await EditorAsync("""change s/developer/agreed/ "$1" """);
        (await Program.RunAsync([.. Words, "--from", Kept()!])).Succeeded();
        Assert.Equal(Before.Replace("dev-user", "agreed", StringComparison.Ordinal), await Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.Null(Kept());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Told_to_stop_while_the_editor_is_open_it_keeps_and_names_the_file(string signal)
    {
        await EditorAsync("""change s/dev-user/half/ "$1"; echo open >&2; while [ -d "$HOME" ] && [ ! -e "$HOME/done" ]; do sleep 0.05; done""");
        await using var running = Program.Start(Words);
        await running.WaitForErrorAsync("open\n", Cancellation);

        await running.SignalAsync(signal);

        await running.WaitForErrorAsync("what you typed is in ", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Program.Home, "done"), "", Cancellation);
        var result = await running.WaitAsync(cancellation: Cancellation);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains($"warning: what you typed is in {Kept()}; go on with: authmap edit --from {Kept()} --kubeconfig ", result.Error, StringComparison.Ordinal);
        Assert.Contains("username: half", await File.ReadAllTextAsync(Kept()!, Cancellation), StringComparison.Ordinal);
        Assert.Equal(Before, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task An_interrupt_is_for_the_editor()
    {
        await EditorAsync("""echo open >&2; while [ -d "$HOME" ] && [ ! -e "$HOME/done" ]; do sleep 0.05; done; change s/dev-user/developer/ "$1" """);
        await using var running = Program.Start(Words);
        await running.WaitForErrorAsync("open\n", Cancellation);

        await running.InterruptAsync();

        await File.WriteAllTextAsync(Path.Combine(Program.Home, "done"), "", Cancellation);
        (await running.WaitAsync(cancellation: Cancellation)).Succeeded();
        Assert.Equal(Before.Replace("dev-user", "developer", StringComparison.Ordinal), await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    private string[] Words => Editor("edit");

    private Task<ProcessResult> EditAsync() => Program.RunAsync(Words);

    private async Task EditorAsync(string script)
    {
        var path = await WriteFileAsync("editor.sh", $$"""
            FILE=$1
            change() { sed "$@" > "$HOME/new" && cat "$HOME/new" > "$FILE"; }
            {{script}}

            """);
        Program.Environment["EDITOR"] = $"sh {path}";
    }

    /// <summary>Another authmap, in the words of a shell.</summary>
    private string Other(string verb, params string[] arguments) =>
        string.Join(' ', AuthMapProgram.Command.Concat(Editor(verb, arguments)).Select(word => $"'{word}'"));

    private string? Kept() => Directory.EnumerateFiles(Program.Home, "aws-auth.yaml", SearchOption.AllDirectories).SingleOrDefault();
}
