namespace AuthMap.EndToEnd;

public sealed class ZshCompletionTests : LineCompletionTests
{
    protected override string Name => "zsh";

    private protected override string Prepare(CompletionHome home)
    {
        home.Write(".zshrc", """
            stty rows 60 cols 200
            unsetopt beep
            LISTMAX=10000
            autoload -Uz compinit && compinit -u -D
            source ./authmap.zsh
            show-line() { print -r -- ''; print -r -- "@@$BUFFER@@" }
            zle -N show-line
            bindkey '^X^E' show-line
            PS1=
            zle-line-init() { print -r -- '@@READY@@'; zle -D zle-line-init }
            zle -N zle-line-init
            """);
        return "zsh -i";
    }
}
