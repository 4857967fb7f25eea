using System.CommandLine;
using AuthMap.Cli.Completion;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Commands;

/// <summary>Prints a completion script.</summary>
internal sealed record CompletionRequest(Manner Manner, Shell Shell, CompletionTree Tree) : Request(Manner)
{
    public override Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        session.Terminal.Out.Write(Shells.Script(Shell, Tree));
        return Task.FromResult(ExitCode.Done);
    }
}

internal sealed class CompletionCommand : LeafCommand
{
    private readonly CommonOptions _common;

    private readonly Argument<string> _shell = new("SHELL")
    {
        Arity = ArgumentArity.ZeroOrOne,
    };

    public CompletionCommand(CommonOptions common)
        : base("completion", "Print a script that makes a shell complete authmap's command lines")
    {
        _common = common;
        Shells.All.OfferIn(_shell.CompletionSources);
        Add(_shell);
    }

    public override string Synopsis => $"completion {string.Join('|', Shells.All.Names)}";

    public override IReadOnlyList<Example> Examples =>
    [
        new("bash: in this shell; in ~/.bashrc for every one", "source <(authmap completion bash)", IsWhole: true),
        new("bash: for all users of the machine, with the package bash-completion",
            "authmap completion bash > /etc/bash_completion.d/authmap", IsWhole: true),
        new("zsh: in ~/.zshrc, below compinit", "source <(authmap completion zsh)", IsWhole: true),
        new("zsh: or as a file in a folder of fpath", "authmap completion zsh > \"${fpath[1]}/_authmap\"", IsWhole: true),
        new("fish: once, and again after an update of authmap",
            "authmap completion fish > ~/.config/fish/completions/authmap.fish", IsWhole: true),
        new("PowerShell: in the file that $PROFILE names",
            "authmap completion pwsh | Out-String | Invoke-Expression", IsWhole: true),
    ];

    public override string Document => "docs/completion.md";

    public override IReadOnlyList<OptionGroup> Groups => [_common.Talk];

    public override Request Read(ParseResult parsed)
    {
        var typed = parsed.GetValue(_shell) ?? throw Usage.Error("completion for which shell?", $"say: authmap {Synopsis}");
        return new CompletionRequest(
            _common.ReadManner(parsed),
            Shells.All.Read("the shell", typed),
            CompletionTree.Of(parsed.RootCommandResult.Command));
    }
}
