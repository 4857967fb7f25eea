using System.CommandLine;
using System.CommandLine.Parsing;
using AuthMap.Cli.Commands;

namespace AuthMap.Cli.Parsing;

/// <summary>The words of a command that takes none. The noun is let pass; any other word was meant for an option.</summary>
internal sealed class StrayWords : Argument<string[]>
{
    public StrayWords()
        : base("WORD")
    {
        Arity = ArgumentArity.ZeroOrMore;
        Hidden = true;
    }

    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: there is one.</exception>
    public static void Check(ParseResult parsed)
    {
        var words = parsed.CommandResult.Children.OfType<ArgumentResult>().Where(argument => argument.Argument is StrayWords)
            .SelectMany(argument => argument.Tokens).Select(token => token.Value).ToList();
        if (words.SkipWhile((word, index) => index == 0 && CommandTree.IsNoun(word)).FirstOrDefault() is { } stray)
        {
            throw Usage.Error($"unexpected argument \"{stray}\"", ((LeafCommand)parsed.CommandResult.Command).Meant(stray, parsed));
        }
    }

    /// <summary>Whether a word looks like a file's name.</summary>
    public static bool IsFile(string word) => !word.StartsWith("arn:", StringComparison.Ordinal) && (word.Contains('/')
        || Path.GetExtension(word).ToLowerInvariant() is ".yaml" or ".yml" or ".json");

    /// <summary>Whether a word looks like the number of a revision.</summary>
    public static bool IsNumber(string word) => word.All(char.IsAsciiDigit);

    /// <summary>The hint for a word that an option should stand before.</summary>
    public static string DidYouMean(string option, string word) => $"did you mean {option} {ShellWord.Of(word)}?";
}
