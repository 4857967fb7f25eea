using System.CommandLine;
using System.CommandLine.Completions;
using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Commands;

/// <summary><c>help create</c>: what <c>create --help</c> shows.</summary>
internal sealed class HelpCommand : LeafCommand
{
    private readonly Argument<string[]> _words = new("COMMAND") { Arity = ArgumentArity.ZeroOrMore };

    public HelpCommand()
        : base("help", "Show help of the program or of a command")
    {
        Add(_words);
        _words.CompletionSources.Clear();
        _words.CompletionSources.Add(_ => Parents.OfType<Command>().Single().Subcommands
            .Where(command => command != this)
            .Select(command => new CompletionItem(command.Name, detail: command.Description)));
    }

    public override string Synopsis => "help [COMMAND]";

    public override IReadOnlyList<Example> Examples => [new("Show what create can do", "help create")];

    public override IReadOnlyList<OptionGroup> Groups => [];

    public override Request Read(ParseResult parsed)
    {
        var command = parsed.RootCommandResult.Command;
        foreach (var word in parsed.GetValue(_words) ?? [])
        {
            command = command.Subcommands.FirstOrDefault(sub => sub.Name == word || sub.Aliases.Contains(word))
                ?? throw ParseErrors.Unknown(command, word);
        }

        return new HelpRequest(command);
    }
}
