using System.Text;

namespace AuthMap.Cli.Completion;

/// <summary>The tables of PowerShell's script.</summary>
internal static class PwshTables
{
    public static string Of(CompletionTree tree)
    {
        var text = new StringBuilder("    $steps = @{\n");
        foreach (var (place, step) in tree.Places.SelectMany(place => place.Steps.Select(step => (place, step))))
        {
            foreach (var word in step.Aliases.Prepend(step.Name))
            {
                text.Append($"        {Quoted($"{place.Path}:{word}")} = {Quoted(step.Leads)}\n");
            }
        }

        text.Append("    }\n    $common = @(\n");
        AppendSwitches(text, tree.Common, "        ");
        text.Append("    )\n    $places = @{\n");
        foreach (var place in tree.Places)
        {
            text.Append($"        {Quoted(place.Path)} = @{{\n")
                .Append($"            Words = {List(place.Steps.Select(step => new Word(step.Name, step.Description)))}\n")
                .Append($"            Fixed = {List(place.Words)}\n            Options = @(\n");
            AppendSwitches(text, tree.OwnOf(place), "                ");
            text.Append("            )\n        }\n");
        }

        return text.Append("    }\n").ToString();
    }

    private static void AppendSwitches(StringBuilder text, IEnumerable<Switch> switches, string indent)
    {
        foreach (var option in switches)
        {
            var names = string.Join(", ", option.Names.Select(Quoted));
            var kind = option.Kind is ValueKind.Other or ValueKind.File ? "" : option.Kind.Name();
            text.Append($"{indent}@{{ Names = @({names}); Need = {Quoted(ShellText.Need(option)[..1])}; Repeatable = {Flag(option.IsRepeatable)}; ")
                .Append($"Hidden = {Flag(option.IsHidden)}; Kind = {Quoted(kind)}; Values = {List(option.Words)}; Note = {Quoted(option.Description)} }}\n");
        }
    }

    // The comma in front keeps a pair a pair.
    private static string List(IEnumerable<Word> words) =>
        $"@({string.Join("; ", words.Select(word => $",@({Quoted(word.Text)}, {Quoted(word.Note)})"))})";

    private static string Flag(bool value) => value ? "$true" : "$false";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
