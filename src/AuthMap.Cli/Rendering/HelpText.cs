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

    /// <summary>What a person sees who typed nothing but the program's name.</summary>
    public static void WriteWelcome(TextWriter output, Command root, int width)
    {
        var page = new Page(output, Math.Clamp(width, 40, MaxWidth));
        page.Text(root.Description!);
        foreach (var example in CommandTree.Most)
        {
            page.Heading(example.Purpose);
            page.Command($"{CommandTree.Program} {example.CommandLine}");
        }

        page.Heading("Go on with");
        page.Columns(
        [
            ($"{CommandTree.Program} --help", "All commands, and the exit codes"),
            ($"{CommandTree.Program} help create", "What a command can do, with its options"),
            ($"{CommandTree.Program} completion --help", "Let the shell complete commands, options and ARNs"),
        ]);
    }

    private static void WriteLeaf(Page page, LeafCommand command)
    {
        page.Text(command.Description + ".");
        WriteExamples(page, command.Examples);
        page.Heading("Usage");
        page.Text($"{CommandTree.Program} {command.Synopsis}", indent: 2, hanging: 4);
        WriteOptions(page, command.Groups);
        WriteDocument(page, command.Document);
    }

    private static void WriteRoot(Page page, Command root)
    {
        var leaves = root.Subcommands.Select(sub => sub as LeafCommand ?? (LeafCommand)sub.Subcommands.Single()).ToList();
        page.Text(root.Description!);
        WriteExamples(page, CommandTree.Most);
        page.Heading("Usage");
        page.Text($"{CommandTree.Program} COMMAND [options]", indent: 2);
        page.Heading("Commands");
        page.Columns([.. leaves.Select(leaf => (CommandTree.Path(leaf)[(CommandTree.Program.Length + 1)..], leaf.Description!))]);
        page.Heading("Options");
        page.Columns([.. root.Options.Where(option => !CommandTree.IsShared(option)).Select(option => (Label(option), option.Description!))]);
        page.Heading("Exit codes");
        page.Columns(
        [
            ("0", "Done, or nothing to do"),
            ("1", "Failed"),
            ("2", "Bad usage; nothing was contacted"),
            ("3", "Something would change (diff, --dry-run --exit-code), or there are findings (lint), or the answer is ambiguous (resolve, whoami)"),
            ("4", "Not found; the caller does not enter (resolve, whoami)"),
            ("5", "Gave up after conflicts"),
            ("6", "Refused"),
            ("7", "Not authenticated, or not permitted"),
            ("8", "Unreachable, or timed out"),
            ("130", "Interrupted"),
        ], labelWidth: 6);
        page.Line();
        page.Text($"More about a command, with its options: {CommandTree.Program} help COMMAND");
        WriteDocument(page, "README.md");
    }

    private static void WriteDocument(Page page, string document)
    {
        page.Line();
        page.Text($"Read on in {document} of authmap's source.");
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
            page.Command(examples[i].IsWhole ? examples[i].CommandLine : $"{CommandTree.Program} {examples[i].CommandLine}");
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

        if (groups.Count == 0)
        {
            page.Heading("Options");
        }

        page.Columns([("-h, --help", "Show this help")]);
    }

    private static string Label(Option option)
    {
        // The library's own options have Windows' spellings, too.
        var alias = option.Aliases.FirstOrDefault(alias => alias is ['-', not '?']);
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

        /// <summary>A command line, which is there to be copied: parted only where a shell lets it be.</summary>
        public void Command(string commandLine)
        {
            const string Continued = " \\";
            var line = "  ";
            foreach (var part in commandLine.Split(" --"))
            {
                var next = line.Length == 2 ? part : $" --{part}";
                if (line.Length > 2 && line.Length + next.Length + Continued.Length > width)
                {
                    Line(line + Continued);
                    (line, next) = ("    ", next[1..]);
                }

                line += next;
            }

            Line(line);
        }

        public void Columns(IReadOnlyList<(string Label, string Description)> rows, int labelWidth = LabelWidth)
        {
            foreach (var (label, description) in rows)
            {
                var lines = Wrap(description, width - labelWidth - 2).ToList();
                var fits = label.Length + 2 <= labelWidth;
                Line(fits ? $"  {label.PadRight(labelWidth)}{lines[0]}" : $"  {label}");
                foreach (var line in lines.Skip(fits ? 1 : 0))
                {
                    Line(new string(' ', labelWidth + 2) + line);
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
