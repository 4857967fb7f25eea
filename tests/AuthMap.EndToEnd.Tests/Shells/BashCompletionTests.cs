namespace AuthMap.EndToEnd;

public sealed class BashCompletionTests : LineCompletionTests
{
    protected override string Name => "bash";

    private protected override string Prepare(CompletionHome home)
    {
        home.Write("bashrc", """
            stty rows 60 cols 200
            bind 'set show-all-if-ambiguous on'
            bind 'set completion-query-items 0'
            bind 'set page-completions off'
            bind 'set bell-style none'
            show_line() { printf '@@%s@@\n' "$READLINE_LINE"; }
            bind -x '"\C-x\C-e": show_line'
            source authmap.bash
            PS1=
            PROMPT_COMMAND='echo @@READY@@; PROMPT_COMMAND='
            """);
        return "bash --noprofile --rcfile bashrc -i";
    }
}
