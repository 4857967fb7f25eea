namespace AuthMap.EndToEnd;

public sealed class ZshFunctionPathTests
{
    [Fact]
    public async Task The_script_works_as_a_file_in_the_function_path_too()
    {
        Shell.Need("zsh", "script");
        using var home = await CompletionHome.CreateAsync("zsh");
        home.Write("functions/_authmap", await File.ReadAllTextAsync(Path.Combine(home.Folder, "authmap.zsh"), TestContext.Current.CancellationToken));
        home.Write(".zshrc", """
            stty rows 60 cols 200
            fpath=(~/functions $fpath)
            autoload -Uz compinit && compinit -u -D
            show-line() { print -r -- ''; print -r -- "@@$BUFFER@@" }
            zle -N show-line
            bindkey '^X^E' show-line
            PS1=
            zle-line-init() { print -r -- '@@READY@@'; zle -D zle-line-init }
            zle -N zle-line-init
            """);
        await using var shell = await InteractiveShell.StartAsync(home, "zsh -i");

        Assert.Equal("authmap create ", (await shell.CompleteAsync("authmap cr")).Line);
        Assert.Equal("authmap delete iamidentitymapping ", (await shell.CompleteAsync("authmap delete ")).Line);
    }
}
