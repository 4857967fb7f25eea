using System.Text;
using AuthMap.Manifests;
using AuthMap.Yaml;

namespace AuthMap.Documents.Readable;

/// <summary>One key of a map, readable.</summary>
internal static class ReadableSection
{
    public const int Indent = 2;

    /// <summary>The key with its list below it; null when the text cannot stand there as it is and mean the same.</summary>
    public static string? AsList(SectionKey key, string text, string lineBreak)
    {
        var root = YamlComposer.Compose(text, out var fault);
        // Editors and readers of YAML disagree about these: to some they end a line.
        if (fault is not null || root is Yaml.YamlScalar or Yaml.YamlAlias || text.AsSpan().ContainsAny('\u0085', '\u2028', '\u2029'))
        {
            return null;
        }

        var lines = DraftText.Lines(text[DraftText.PrologueOf(text).Length..]).ToList();
        var shown = new StringBuilder(key.Name()).Append(':');
        if (lines is [var only] && root is Yaml.YamlSequence { IsFlow: true } && only[0] != ' ')
        {
            shown.Append(' ').Append(only);
        }
        else
        {
            shown.Append(lineBreak);
            foreach (var line in lines)
            {
                shown.Append(' ', line is "\n" or "\r\n" ? 0 : Indent).Append(line);
            }
        }

        shown.Append(shown[^1] == '\n' ? "" : lineBreak);
        var section = shown.ToString();
        return ValueIn(section, key) is { } value && YamlLikeness.Holds(value, root) && IsWhole(section) ? section : null;
    }

    /// <summary>The key with its text as a string: a block where that holds it.</summary>
    public static string AsString(SectionKey key, string text, string lineBreak)
    {
        if (LiteralText.CanHold(text))
        {
            var block = $"{key.Name()}: {LiteralText.Header(text, Indent)}{lineBreak}{LiteralText.Body(text, Indent, lineBreak)}";
            if (ValueIn(block, key) is Yaml.YamlScalar { Value: var value } && value == text)
            {
                return block;
            }
        }

        return $"{key.Name()}: {QuotedText.Quote(text)}{lineBreak}";
    }

    /// <summary>How a key is written that is not there.</summary>
    public static IEnumerable<string> Sample(SectionKey key) => key switch
    {
        SectionKey.MapAccounts => [$"{key.Name()}:", "  - \"111122223333\""],
        _ =>
        [
            $"{key.Name()}:",
            key == SectionKey.MapRoles
                ? "  - rolearn: arn:aws:iam::111122223333:role/NAME"
                : "  - userarn: arn:aws:iam::111122223333:user/NAME",
            "    username: NAME",
            "    groups:",
            "      - GROUP",
        ],
    };

    // A value of which nothing shows but its anchor ends, for the parser, before that.
    private static bool IsWhole(string shown) =>
        YamlComposer.Compose(shown, out _) is Yaml.YamlMapping map && DraftBlock.FindTextBehind(shown, map) is null;

    // Also when another key follows.
    private static Yaml.YamlNode? ValueIn(string shown, SectionKey key) =>
        YamlComposer.Compose($"{shown}next: []\n", out _) is Yaml.YamlMapping { IsFlow: false, Pairs: [var (name, value), var (next, _)] }
        && name is Yaml.YamlScalar { Value: var word } && word == key.Name()
        && next is Yaml.YamlScalar { Value: "next" } && next.Span.Start == shown.Length
            ? value
            : null;
}
