using System.Text;

namespace AuthMap.Cli.Completion;

/// <summary>The tables of zsh's script.</summary>
internal static class ZshTables
{
    public static string Of(CompletionTree tree)
    {
        var text = new StringBuilder();
        text.Append("# Goes to the place that WORD leads to.\n_authmap_step() {\n  case $place:$1 in\n");
        foreach (var (place, step) in tree.Places.SelectMany(place => place.Steps.Select(step => (place, step))))
        {
            var words = step.Aliases.Prepend(step.Name).Select(word => ShellText.Single($"{place.Path}:{word}"));
            text.Append($"    {string.Join(" | ", words)}) place={ShellText.Single(step.Leads)} ;;\n");
        }

        text.Append("    *) return 1 ;;\n  esac\n}\n\n")
            .Append("# What can stand at the place: words, their other names and fixed arguments as WORD:NOTE, and options as NAMES, NEED,\n")
            .Append("# VALUES and description with tabs between. NEED is n for no value, o for an optional and r for a required one, with +\n")
            .Append("# if repeatable and - if not to be shown.\n")
            .Append("_authmap_table() {\n  options=(\n");
        AppendSwitches(text, tree.Common);
        text.Append("  )\n  case $place in\n");
        foreach (var place in tree.Places)
        {
            text.Append($"    {ShellText.Single(place.Path)})\n");
            AppendList(text, "steps=", place.Steps.Select(step => Described(step.Name, step.Description)));
            AppendList(text, "others=", place.Steps.SelectMany(step => step.Aliases.Select(alias => Described(alias, step.Description))));
            AppendList(text, "fixed=", place.Words.Select(word => Described(word.Text, word.Note)));
            if (tree.OwnOf(place) is [_, ..] own)
            {
                text.Append("      options+=(\n");
                AppendSwitches(text, own);
                text.Append("      )\n");
            }

            text.Append("      ;;\n");
        }

        return text.Append("  esac\n}\n").ToString();
    }

    private static void AppendList(StringBuilder text, string name, IEnumerable<string> items) =>
        text.Append($"      {name}({string.Join(' ', items.Select(ShellText.Single))})\n");

    private static void AppendSwitches(StringBuilder text, IEnumerable<Switch> switches)
    {
        foreach (var option in switches)
        {
            string[] fields = [string.Join(',', option.Names), ShellText.Need(option), Values(option), option.Description];
            text.Append($"        $'{string.Join(@"\t", fields.Select(Escaped))}'\n");
        }
    }

    private static string Values(Switch option) => option.Words.Count > 0
        ? string.Join('|', option.Words.Select(word => Described(word.Text, word.Note.Replace('|', '/'))))
        : ShellText.Kind(option);

    private static string Described(string word, string note) => note.Length == 0 ? word : $"{word}:{note}";

    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal);
}
