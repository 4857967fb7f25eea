using System.CommandLine;
using AuthMap.Cli.Commands;

namespace AuthMap.Cli.Rendering;

/// <summary>Help of a command: what it does, examples, then the options in groups; wrapped to the width given.</summary>
internal static class HelpText
{
    private const int MaxWidth = 120;

    public static void Write(TextWriter output, Command command, int width)
    {
        var page = new Page(output, Math.Clamp(width, 40, MaxWidth));
        switch (command)
        {
            case LeafCommand leaf:
                WriteLeaf(page, leaf);
                break;
            // A verb has one resource today; its help is that resource's.
            case { Subcommands: [LeafCommand only] }:
                WriteLeaf(page, only);
                break;
            default:
                WriteRoot(page, command);
                break;
        }
    }

    private static void WriteLeaf(Page page, LeafCommand command)
    {
        page.Text(command.Description + ".");
        WriteExamples(page, command.Examples);
        page.Heading("Usage");
        page.Text($"{CommandTree.Program} {command.Synopsis}", indent: 2, hanging: 4);
        WriteOptions(page, command.Groups);
    }

    private static void WriteRoot(Page page, Command root)
    {
        var leaves = root.Subcommands.Select(sub => sub as LeafCommand ?? (LeafCommand)sub.Subcommands.Single()).ToList();
        page.Text(root.Description!);
        WriteExamples(page, [.. leaves.SelectMany(leaf => leaf.Examples.Take(1))]);
        page.Heading("Usage");
        page.Text($"{CommandTree.Program} COMMAND [options]", indent: 2);
        page.Heading("Commands");
        page.Columns([.. leaves.Select(leaf => (CommandTree.Path(leaf)[(CommandTree.Program.Length + 1)..], leaf.Description!))]);
        page.Heading("Options");
        page.Columns(
        [
            ("-h, --help", "Show help of the program or of a command"),
            ("    --version", "Print the version of authmap"),
        ]);
        page.Heading("Exit codes");
        page.Text("0 done or nothing to do; 1 failed; 2 bad usage; 3 differences (--dry-run --exit-code); 4 not found; "
            + "5 gave up after conflicts; 6 refused; 7 not authenticated or not permitted; 8 unreachable or timed out; 130 interrupted", indent: 2);
        page.Line();
        page.Text($"More about a command, with its options: {CommandTree.Program} COMMAND --help");
    }

    private static void WriteExamples(Page page, IReadOnlyList<Example> examples)
    {
        if (examples.Count > 0)
        {
            page.Heading("Examples");
        }

        for (var i = 0; i < examples.Count; i++)
        {
            if (i > 0)
            {
                page.Line();
            }

            page.Text($"# {examples[i].Purpose}", indent: 2);
            // A command line is there to be copied: it is not wrapped.
            page.Line($"  {CommandTree.Program} {examples[i].CommandLine}");
        }
    }

    private static void WriteOptions(Page page, IReadOnlyList<OptionGroup> groups)
    {
        foreach (var group in groups)
        {
            page.Heading(group.Title);
            var shown = group.Options.Where(option => !option.Hidden);
            page.Columns([.. shown.Select(option => (Label(option), option.Description!))]);
        }

        page.Columns([("-h, --help", "Show this help")]);
    }

    private static string Label(Option option)
    {
        var alias = option.Aliases.FirstOrDefault();
        var value = option.HelpName is null ? ""
            : option.Arity.MinimumNumberOfValues == 0 && option.Arity.MaximumNumberOfValues == 1 ? $"[={option.HelpName}]"
            : $" {option.HelpName}";
        return (alias is null ? "    " : alias + ", ") + option.Name + value;
    }

    /// <summary>Lines of at most a width.</summary>
    private sealed class Page(TextWriter output, int width)
    {
        private const int LabelWidth = 28;

        public void Line(string text = "") => output.WriteLine(text);

        public void Heading(string title)
        {
            Line();
            Line(title + ":");
        }

        public void Text(string text, int indent = 0, int? hanging = null)
        {
            var margin = indent;
            foreach (var line in Wrap(text, width - Math.Max(indent, hanging ?? indent)))
            {
                Line(new string(' ', margin) + line);
                margin = hanging ?? indent;
            }
        }

        public void Columns(IReadOnlyList<(string Label, string Description)> rows)
        {
            foreach (var (label, description) in rows)
            {
                var lines = Wrap(description, width - LabelWidth - 2).ToList();
                var fits = label.Length + 2 <= LabelWidth;
                Line(fits ? $"  {label.PadRight(LabelWidth)}{lines[0]}" : $"  {label}");
                foreach (var line in lines.Skip(fits ? 1 : 0))
                {
                    Line(new string(' ', LabelWidth + 2) + line);
                }
            }
        }

        private static IEnumerable<string> Wrap(string text, int width)
        {
            var line = "";
            foreach (var word in text.Split(' '))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    yield return line;
                    line = word;
                }
                else
                {
                    line = line.Length == 0 ? word : $"{line} {word}";
                }
            }

            yield return line;
        }
    }
}
