using System.CommandLine;
using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Commands;

/// <summary>Options that are shown together in the help.</summary>
internal sealed record OptionGroup(string Title, IReadOnlyList<Option> Options);

/// <summary>A command line in the help, with what it is for.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="CommandLine">The command line behind the program's name.</param>
/// <param name="IsWhole">Whether it is a line for a shell, program's name and all.</param>
internal sealed record Example(string Purpose, string CommandLine, bool IsWhole = false);

/// <summary>A command that does something: its definition, for parsing and help. It depends on nothing that runs.</summary>
internal abstract class LeafCommand(string name, string description) : Command(name, description)
{
    /// <summary>The command line as a pattern, behind the program's name.</summary>
    public abstract string Synopsis { get; }

    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>Its own options and the common ones that mean something to it.</summary>
    public abstract IReadOnlyList<OptionGroup> Groups { get; }

    /// <summary>The file of the source repository that says more.</summary>
    public virtual string Document => "README.md";

    /// <summary>What to do with a word that the command does not take.</summary>
    /// <param name="word">The word.</param>
    /// <param name="parsed">The whole command line.</param>
    public virtual string Meant(string word, ParseResult parsed) =>
        StrayWords.DidYouMean(StrayWords.IsFile(word) ? "--manifest" : "--cluster", word);

    /// <summary>Turns the parsed arguments, which name known options with values, into a request.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: a value or a combination makes no sense.</exception>
    public abstract Request Read(ParseResult parsed);
}
