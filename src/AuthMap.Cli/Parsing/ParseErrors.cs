using System.CommandLine;
using System.CommandLine.Parsing;
using AuthMap.Cli.Commands;

namespace AuthMap.Cli.Parsing;

/// <summary>What is wrong with the words of a command line, in our own words.</summary>
internal static class ParseErrors
{
    public static void Check(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var word, ..])
        {
            throw Unknown(command, word);
        }

        foreach (var option in Given(parsed.CommandResult))
        {
            CheckValues(option);
        }

        if (command is not LeafCommand)
        {
            throw Unfinished(command);
        }

        if (parsed.Errors is [var error, ..])
        {
            throw Usage.Error(error.Message);
        }
    }

    /// <summary>The verb stands for its only resource in the help.</summary>
    public static Command HelpFor(Command command) =>
        command is LeafCommand && command.Parents.First() is Command verb and not RootCommand ? verb : command;

    private static IEnumerable<OptionResult> Given(CommandResult innermost)
    {
        for (SymbolResult? level = innermost; level is CommandResult command; level = level.Parent)
        {
            foreach (var option in command.Children.OfType<OptionResult>().Where(option => !option.Implicit))
            {
                yield return option;
            }
        }
    }

    private static void CheckValues(OptionResult option)
    {
        var (name, arity, values) = (option.Option.Name, option.Option.Arity, option.Tokens);
        Usage.Forbid(arity.MaximumNumberOfValues <= 1 && option.IdentifierTokenCount > 1, $"{name} is given more than once");
        Usage.Forbid(values.Count < option.IdentifierTokenCount * arity.MinimumNumberOfValues, $"{name} needs a value");
        Usage.Forbid(values.Any(value => value.Value.Length == 0),
            $"{name} has an empty value", "a shell variable was probably empty; try: echo \"${VARIABLE:?}\"");
    }

    private static AuthMapException Unknown(Command command, string word)
    {
        var isOption = word.Length > 1 && word[0] == '-';
        var typed = isOption ? word.Split('=')[0] : word;
        var candidates = isOption
            ? OptionsOf(command).Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name))
            : command.Subcommands.SelectMany(sub => sub.Aliases.Prepend(sub.Name));
        var what = isOption ? "option"
            : command is RootCommand ? "command"
            : command.Subcommands.Count > 0 ? "resource"
            : "argument";
        var meant = Spelling.Closest(typed, candidates);
        return Usage.Error($"unknown {what} \"{typed}\"", meant is null ? null : $"did you mean {meant}?");
    }

    private static AuthMapException Unfinished(Command command) => command is RootCommand
        ? Usage.Error("no command given")
        : Usage.Error($"{command.Name} what?", $"say: {CommandTree.Path(command.Subcommands.First())}");

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive));
}
