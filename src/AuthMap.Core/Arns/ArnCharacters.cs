using System.Globalization;
using System.Text;

namespace AuthMap.Arns;

/// <summary>Characters that a typed ARN must not hold: nothing in aws-auth would match with them, and people do not see them.</summary>
internal static class ArnCharacters
{
    /// <summary>Says what is wrong, as a whole failure; null when nothing is.</summary>
    public static Failure? Check(string text)
    {
        var shown = text.Trim();
        if (shown.Length == 0)
        {
            return Fail("the ARN is empty", "a shell variable was probably empty");
        }

        if (ArnPlaceholder.Find(text) is { } placeholder)
        {
            return Fail($"{shown} still holds the placeholder {placeholder}", "put the real value in its place");
        }

        if (shown.Length > 1 && shown[0] is '"' or '\'' && shown[^1] == shown[0])
        {
            return Fail($"{shown} is quoted twice: the quotes are part of the ARN", null);
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (Name(text, i) is { } name)
            {
                return Fail($"{shown} has {name} at position {i + 1}{Where(text, i)}", Hint(text, i));
            }
        }

        return text.AsSpan().IndexOfAny('*', '?') is var wildcard and >= 0
            ? Fail(
                $"{shown} has the wildcard {text[wildcard]} at position {wildcard + 1}; wildcards never match",
                "map each role by itself; to let a whole account in, without groups: --account")
            : null;
    }

    private static string Where(string text, int at) => at == 0 ? ", before the ARN" : at == text.Length - 1 ? ", after the ARN" : "";

    private static string? Hint(string text, int at) => text[at] > '\u007F' && !char.IsWhiteSpace(text[at])
        ? "IAM's names are plain ASCII; a word processor or a chat may have changed the character"
        : null;

    private static string? Name(string text, int at) => text[at] switch
    {
        ' ' => "a blank",
        '\t' => "a tab",
        '\n' or '\r' => "a line break",
        '\u00A0' => "a no-break space (U+00A0)",
        '\u200B' => "a zero-width space (U+200B)",
        '\uFEFF' => "a byte order mark (U+FEFF)",
        var character when char.IsSurrogate(character) || character is '\u2028' or '\u2029'
            => $"the character U+{CodePoint(text, at)}",
        var character when char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format
            => $"the invisible character U+{CodePoint(text, at)}",
        > '\u007F' => $"the non-ASCII character {text[at]} (U+{CodePoint(text, at)})",
        _ => null,
    };

    private static string CodePoint(string text, int at) =>
        (Rune.TryGetRuneAt(text, at, out var rune) ? rune.Value : text[at]).ToString("X4");

    private static Failure Fail(string message, string? hint) => new(FailureKind.Usage, message, hint);
}
