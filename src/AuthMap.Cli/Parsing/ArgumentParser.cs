using System.CommandLine;
using System.CommandLine.Help;
using AuthMap.Cli.Commands;

namespace AuthMap.Cli.Parsing;

/// <summary>From arguments to a request; nothing downstream reads a <see cref="ParseResult"/>.</summary>
internal static class ArgumentParser
{
    // Response files would make "--group @admins" a file name.
    private static readonly ParserConfiguration _configuration = new() { ResponseFileTokenReplacer = null };

    /// <param name="args">The arguments.</param>
    /// <param name="usualCluster">The EKS cluster to work on when no place is named; null for the current context.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: they make no sense.</exception>
    public static Request Parse(IReadOnlyList<string> args, string? usualCluster)
    {
        var common = new CommonOptions(usualCluster);
        var root = CommandTree.Build(common);
        var parsed = root.Parse(args, _configuration);
        var command = parsed.CommandResult.Command;

        if (args.Count == 0 || IsGiven<HelpOption>(parsed, root))
        {
            return new HelpRequest(command);
        }

        if (IsGiven<VersionOption>(parsed, root))
        {
            return new VersionRequest(new());
        }

        try
        {
            ParseErrors.Check(parsed, args);
            return ((LeafCommand)command).Read(parsed);
        }
        catch (AuthMapException usage) when (usage.Failure is { Kind: FailureKind.Usage, Hint: null })
        {
            var hint = $"see {CommandTree.Path(ParseErrors.HelpFor(command))} --help";
            throw new AuthMapException(usage.Failure with { Hint = hint });
        }
    }

    private static bool IsGiven<TOption>(ParseResult parsed, Command root)
        where TOption : Option =>
        root.Options.OfType<TOption>().Any(option => parsed.GetResult(option) is { Implicit: false });
}
