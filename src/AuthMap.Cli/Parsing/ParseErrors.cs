using System.CommandLine;
using System.CommandLine.Parsing;
using AuthMap.Cli.Commands;

namespace AuthMap.Cli.Parsing;

/// <summary>What is wrong with the words of a command line, in our own words.</summary>
internal static class ParseErrors
{
    private const string EmptyVariable = "a shell variable was probably empty; try: echo \"${VARIABLE:?}\"";

    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: something is.</exception>
    public static void Check(ParseResult parsed, IReadOnlyList<string> args)
    {
        var command = parsed.CommandResult.Command;
        var names = OptionsOf(command).SelectMany(Names).ToHashSet();
        foreach (var option in Given(parsed.CommandResult))
        {
            CheckValues(option, names, args);
        }

        // "-cluster dev" would be the cluster "luster".
        var oneDash = args.Select(arg => arg.Split('=')[0]).FirstOrDefault(arg => arg is ['-', not '-', _, ..] && names.Contains('-' + arg));
        Usage.Forbid(oneDash is not null, $"unknown option \"{oneDash}\"", $"did you mean -{oneDash}?");

        // Where a name may stand, the parser takes an unknown option for one.
        var words = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        foreach (var typed in words)
        {
            if (typed is ['-', _, ..])
            {
                throw Unknown(command, typed);
            }

            Usage.Forbid(typed.Length == 0, "an argument is empty", EmptyVariable);
        }

        // What looks like a directive of the parser's is a word like any other here.
        var unknown = parsed.Tokens.Where(token => token.Type == TokenType.Directive).Select(token => token.Value);
        if (unknown.Concat(parsed.UnmatchedTokens).FirstOrDefault() is { } word)
        {
            throw Unknown(command, word);
        }

        if (command is not LeafCommand)
        {
            throw Unfinished(command);
        }

        StrayWords.Check(parsed);

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

    private static void CheckValues(OptionResult option, HashSet<string> names, IReadOnlyList<string> args)
    {
        var (name, arity, values) = (option.Option.Name, option.Option.Arity, option.Tokens);
        Usage.Forbid(arity.MaximumNumberOfValues <= 1 && option.IdentifierTokenCount > 1, $"{name} is given more than once", OnlyOnce(name));
        if (arity.MinimumNumberOfValues == 0)
        {
            return;
        }

        // The parser drops the nothing behind "--arn=", and takes "--username" for the value in "--arn --username x".
        var isCutOff = Names(option.Option).Any(alias => args.Contains(alias + "="));
        Usage.Forbid(isCutOff || values.Any(value => value.Value.Length == 0), $"{name} has an empty value", EmptyVariable);
        Usage.Forbid(values.Count < option.IdentifierTokenCount, $"{name} needs a value");
        var next = values.FirstOrDefault(value => names.Contains(value.Value.Split('=')[0]))?.Value;
        Usage.Forbid(next is not null, $"{name} needs a value, not the option {next}", EmptyVariable);
    }

    private static string OnlyOnce(string name) => name is "--filename" or "--config-file"
        ? "give it once; it takes a directory with several files, too"
        : "give it once";

    /// <summary>A word or option that is not there, and what was probably meant.</summary>
    public static AuthMapException Unknown(Command command, string word)
    {
        var isOption = word is ['-', _, ..];
        var typed = isOption ? word.Split('=')[0] : word;
        var what = isOption ? "option"
            : command is RootCommand ? "command"
            : command.Subcommands.Count > 0 ? "resource"
            : "argument";
        return Usage.Error($"unknown {what} \"{typed}\"", isOption ? MeantOption(command, typed) : MeantCommand(command, typed));
    }

    private static string? MeantOption(Command command, string typed)
    {
        var leaf = command.Subcommands is [LeafCommand only] ? only : command;
        var names = OptionsOf(leaf).Where(option => !option.Hidden).SelectMany(Names).ToList();
        return names.Contains(typed) ? $"it stands behind {CommandTree.Path(leaf)}" : DidYouMean(typed, names);
    }

    private static string? MeantCommand(Command command, string typed) =>
        command is RootCommand && CommandTree.OtherVerbs.TryGetValue(typed.ToLowerInvariant(), out var verb)
            ? $"did you mean {verb}?"
            : DidYouMean(typed, command.Subcommands.SelectMany(sub => sub.Aliases.Prepend(sub.Name)))
                ?? (command.Subcommands is [LeafCommand only] ? $"say: {CommandTree.Path(only)}" : null);

    // One letter is near every other letter.
    private static string? DidYouMean(string typed, IEnumerable<string> known) =>
        typed.Length > 2 && Spelling.Closest(typed, known) is { } meant ? $"did you mean {meant}?" : null;

    private static AuthMapException Unfinished(Command command) => command is RootCommand
        ? Usage.Error("no command given")
        : Usage.Error($"{command.Name} what?", $"say: {CommandTree.Path(command.Subcommands.First())}");

    private static IEnumerable<string> Names(Option option) => option.Aliases.Prepend(option.Name);

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive));
}
