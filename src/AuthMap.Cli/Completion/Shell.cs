using System.Reflection;
using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Completion;

/// <summary>The shells that there is a script for.</summary>
internal enum Shell
{
    Bash,
    Zsh,
    Fish,
    Pwsh,
}

internal static class Shells
{
    public static Choices<Shell> All { get; } = new(
        new("bash", Shell.Bash), new("zsh", Shell.Zsh), new("fish", Shell.Fish), new("pwsh", Shell.Pwsh, "PowerShell"));

    /// <summary>The completion script of a shell: its template with the tables of this program in it.</summary>
    public static string Script(Shell shell, CompletionTree tree)
    {
        var (template, tables) = shell switch
        {
            Shell.Bash => ("authmap.bash", BashTables.Of(tree)),
            Shell.Zsh => ("authmap.zsh", ZshTables.Of(tree)),
            Shell.Fish => ("authmap.fish", FishTables.Of(tree)),
            _ => ("authmap.ps1", PwshTables.Of(tree)),
        };
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(template)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Replace("# TABLES\n", tables, StringComparison.Ordinal);
    }
}
