using System.Text.RegularExpressions;
using AuthMap.Documents;

namespace AuthMap.Linting.Checks;

/// <summary>What makes the authenticator drop a whole key.</summary>
internal static partial class KeyChecks
{
    public static IEnumerable<Finding> Check(LintMap map) =>
        from section in map.Document.Sections
        where section.Fatal is not null
        select Find(section, section.Fatal!);

    private static Finding Find(Section section, Fault fatal)
    {
        var key = section.Key.Name();
        if (section.Root is not null)
        {
            return new(Rules.KeyNotAList, key, fatal.Position, $"all of {key} is dropped: {fatal.Message}");
        }

        // The scanner stumbles where the braces start, or some way behind them.
        var lines = section.Text!.Split('\n');
        for (var line = Math.Min(fatal.Position.Line, lines.Length); line > 0 && line > fatal.Position.Line - 2; line--)
        {
            if (UnquotedTemplate().Match(lines[line - 1]) is { Success: true, Groups: [_, var value] })
            {
                return new(Rules.UnquotedTemplate, key, new(line, value.Index + 1), $"all of {key} is dropped: {value.Value} is not quoted")
                {
                    Remedy = $"write '{value.Value}'",
                };
            }
        }

        return new(Rules.UnreadableKey, key, fatal.Position, $"all of {key} is dropped: {fatal.Message}");
    }

    [GeneratedRegex(@"(?:^|[:\-\[,])\s+(\{\{\w*\}\}[^\s#]*)", RegexOptions.CultureInvariant)]
    private static partial Regex UnquotedTemplate();
}
