namespace AuthMap.Cli.Completion;

/// <summary>Pieces that the scripts of several shells have in common.</summary>
internal static class ShellText
{
    /// <summary>A text in single quotes, for bash and zsh.</summary>
    public static string Single(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>Whether an option has a value (n, o, r), is repeatable (+) or not shown (-).</summary>
    public static string Need(Switch option) =>
        (option.Value switch
        {
            ValueNeed.None => "n",
            ValueNeed.Optional => "o",
            _ => "r",
        })
        + (option.IsHidden ? "-" : option.IsRepeatable ? "+" : "");

    /// <summary>Where values come from that are no fixed words: <c>:file</c>, <c>:contexts</c>; nothing for others.</summary>
    public static string Kind(Switch option) => option.Kind == ValueKind.Other ? "" : $":{option.Kind.Name()}";
}
