using System.CommandLine;
using System.CommandLine.Completions;

namespace AuthMap.Cli.Completion;

/// <summary>What can be typed, as the scripts need it: read off the command tree, so that a new verb or option is there by itself.</summary>
/// <param name="Places">All places a command line can be in.</param>
internal sealed record CompletionTree(IReadOnlyList<Place> Places)
{
    /// <summary>The options that can stand everywhere.</summary>
    public IEnumerable<Switch> Common => Places[0].Switches.Where(IsCommon);

    public static CompletionTree Of(Command root)
    {
        var places = new List<Place>();
        Walk(root, "", []);
        return new(places);

        void Walk(Command command, string path, IReadOnlyList<Switch> inherited)
        {
            var own = command.Options.Select(option => (option.Recursive, Switch: Switch.Of(option))).ToList();
            var next = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (Sub: sub, Path: $"{path} {sub.Name}".TrimStart())).ToList();
            places.Add(new(
                path,
                [.. next.Select(step => new Step(step.Sub.Name, [.. step.Sub.Aliases], step.Sub.Description ?? "", step.Path))],
                [.. command.Arguments.Take(1).SelectMany(Word.Of)],
                [.. own.Select(option => option.Switch), .. inherited]));
            foreach (var (sub, subPath) in next)
            {
                Walk(sub, subPath, [.. own.Where(option => option.Recursive).Select(option => option.Switch), .. inherited]);
            }
        }
    }

    /// <summary>The options that can stand here and not everywhere.</summary>
    public IReadOnlyList<Switch> OwnOf(Place place) => [.. place.Switches.Where(option => !IsCommon(option))];

    public bool IsCommon(Switch option) => Places.All(place => place.Switches.Contains(option, ReferenceEqualityComparer.Instance));
}

/// <summary>Where a command line is: behind the program's name, a verb, or verb and noun.</summary>
/// <param name="Path">The verbs and nouns so far, with blanks between.</param>
/// <param name="Steps">The words that lead on.</param>
/// <param name="Words">The fixed words of its argument.</param>
/// <param name="Switches">The options that can stand here.</param>
internal sealed record Place(string Path, IReadOnlyList<Step> Steps, IReadOnlyList<Word> Words, IReadOnlyList<Switch> Switches);

/// <summary>A verb or noun.</summary>
internal sealed record Step(string Name, IReadOnlyList<string> Aliases, string Description, string Leads);

/// <summary>A fixed word that an option or argument takes.</summary>
internal sealed record Word(string Text, string Note)
{
    public static IEnumerable<Word> Of(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(item => new Word(item.Label, item.Detail ?? ""));
}

/// <summary>Whether an option has a value.</summary>
internal enum ValueNeed
{
    None,
    Optional,
    Required,
}

/// <summary>An option.</summary>
/// <param name="Names">Its names, the long one first.</param>
/// <param name="Description">What it does.</param>
/// <param name="IsHidden">Whether it is understood but not offered.</param>
/// <param name="IsRepeatable">Whether it may be given more than once.</param>
/// <param name="Value">Whether it has a value.</param>
/// <param name="Words">The fixed words that the value can be.</param>
/// <param name="Kind">What else the value is.</param>
internal sealed record Switch(
    IReadOnlyList<string> Names,
    string Description,
    bool IsHidden,
    bool IsRepeatable,
    ValueNeed Value,
    IReadOnlyList<Word> Words,
    ValueKind Kind)
{
    public static Switch Of(Option option)
    {
        var need = option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0 ? ValueNeed.None
            : option.Arity.MinimumNumberOfValues == 0 ? ValueNeed.Optional
            : ValueNeed.Required;
        return new(
            // The library's own options have Windows' spellings, too: /h, -?
            [.. option.Aliases.Append(option.Name).Where(name => name is ['-', not '?', ..]).OrderByDescending(name => name.Length)],
            option.Description ?? "",
            option.Hidden,
            option.Arity.MaximumNumberOfValues > 1,
            need,
            need == ValueNeed.None ? [] : [.. Word.Of(option)],
            need == ValueNeed.None ? ValueKind.Other : ValueKinds.Of(option));
    }
}
