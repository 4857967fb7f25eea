using System.Text;

namespace AuthMap.Cli.Completion;

/// <summary>The tables of fish's script, which are complete commands of fish's.</summary>
internal static class FishTables
{
    public static string Of(CompletionTree tree)
    {
        var text = new StringBuilder();
        text.Append("# Prints the place that WORD leads to from PLACE.\nfunction __authmap_step\n    switch \"$argv[1]:$argv[2]\"\n");
        foreach (var (place, step) in tree.Places.SelectMany(place => place.Steps.Select(step => (place, step))))
        {
            var words = step.Aliases.Prepend(step.Name).Select(word => Quoted($"{place.Path}:{word}"));
            text.Append($"        case {string.Join(' ', words)}\n            echo {Quoted(step.Leads)}\n");
        }

        var all = tree.Places.SelectMany(place => place.Switches).Distinct(ReferenceEqualityComparer.Instance).Cast<Switch>().ToList();
        var needy = all.Where(option => option.Value == ValueNeed.Required).SelectMany(option => option.Names).Distinct();
        text.Append("        case '*'\n            return 1\n    end\nend\n\n")
            .Append("function __authmap_needs_value\n    contains -- $argv[1] ").AppendJoin(' ', needy).Append("\nend\n\n")
            .Append("complete -c authmap -e\ncomplete -c authmap -f\n");
        foreach (var place in tree.Places)
        {
            var condition = $"-n {Quoted($"__authmap_at {Quoted(place.Path)}")}";
            foreach (var step in place.Steps)
            {
                text.Append($"complete -c authmap {condition} -a {Quoted(step.Name)} -d {Quoted(step.Description)}\n");
            }

            if (place.Words.Count > 0)
            {
                text.Append($"complete -c authmap {condition} -a {Quoted(Listed(place.Words))}\n");
            }
        }

        foreach (var option in all.Where(tree.IsCommon))
        {
            AppendSwitch(text, "", option);
        }

        foreach (var place in tree.Places)
        {
            foreach (var option in tree.OwnOf(place))
            {
                AppendSwitch(text, $" -n {Quoted($"__authmap_at {Quoted(place.Path)}")}", option);
            }
        }

        return text.ToString();
    }

    private static void AppendSwitch(StringBuilder text, string condition, Switch option)
    {
        // Fish shows whatever it knows of.
        if (option.IsHidden)
        {
            return;
        }

        text.Append($"complete -c authmap{condition}");
        foreach (var name in option.Names)
        {
            text.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}");
        }

        text.Append(option switch
        {
            { Value: ValueNeed.None } => "",
            { Kind: ValueKind.File } => " -r -F",
            { Value: ValueNeed.Required } => " -x",
            _ => "",
        });
        var values = option.Words.Count > 0 ? Listed(option.Words)
            : option.Kind is ValueKind.Other or ValueKind.File ? null
            : $"(__authmap_values {option.Kind.Name()})";
        text.Append(values is null ? "" : $" -a {Quoted(values)}").Append($" -d {Quoted(option.Description)}\n");
    }

    // Fish reads this once more: each word with its note behind a tab, without which it would show what the option does.
    private static string Listed(IEnumerable<Word> words) =>
        string.Join(' ', words.Select(word => word.Text + @"\t" + (word.Note.Length == 0 ? "" : Quoted(word.Note))));

    private static string Quoted(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
