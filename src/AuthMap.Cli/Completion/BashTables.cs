using System.Text;

namespace AuthMap.Cli.Completion;

/// <summary>The tables of bash's script.</summary>
internal static class BashTables
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
            .Append("# What can stand at the place: words, their other names, fixed arguments, and options as: NAMES NEED VALUES, where\n")
            .Append("# NEED is n for no value, o for an optional and r for a required one, with + if repeatable and - if not to be shown.\n")
            .Append("_authmap_table() {\n  options=(\n");
        AppendSwitches(text, tree.Common);
        text.Append("  )\n  case $place in\n");
        foreach (var place in tree.Places)
        {
            text.Append($"    {ShellText.Single(place.Path)})\n")
                .Append($"      words=({string.Join(' ', place.Steps.Select(step => step.Name))})\n")
                .Append($"      others=({string.Join(' ', place.Steps.SelectMany(step => step.Aliases))})\n")
                .Append($"      fixed={ShellText.Single(string.Join(' ', place.Words.Select(word => word.Text)))}\n");
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

    private static void AppendSwitches(StringBuilder text, IEnumerable<Switch> switches)
    {
        foreach (var option in switches)
        {
            text.Append($"        {ShellText.Single($"{string.Join(',', option.Names)} {ShellText.Need(option)} {Values(option)}")}\n");
        }
    }

    private static string Values(Switch option) => option.Words.Count > 0
        ? string.Join(' ', option.Words.Select(word => word.Text))
        : ShellText.Kind(option);
}
