using AuthMap.Manifests;
using CsCheck;
using static AuthMap.Core.Tests.Manifests.Manifest;

namespace AuthMap.Core.Tests.Manifests;

/// <summary>Any text, in any style, in any surroundings, given any other text: exactly the value changes.</summary>
public sealed class ManifestProperties
{
    private static readonly Gen<string> Piece = Of(
        "", "", "a", "- ", "x: ", " ", "  ", "\t", "#", " # c", "'", "\"", "\\", "\\n", "é", "\U0001F600", "{{x}}", "[]", "---", "...", "|", ">", "%", "&a", "*a", "!");

    private static readonly Gen<string> Odd = Of("\r", "\u2028", "\u0085", "\0", "\ufeff", "\x7f", "\u00a0");

    private static readonly Gen<string> Line = Gen.Frequency((30, Piece), (1, Odd)).Array[0, 5].Select(string.Concat);

    private static readonly Gen<string> Text =
        Gen.Select(Line.Array[0, 6], Gen.Int[0, 3], (lines, breaks) => string.Join('\n', lines) + new string('\n', breaks));

    private static readonly Gen<string> Before = Of("", "\ufeff", "# first\n---\n", "kind: Secret\nx: |+\n  a\n\n---\n");

    private static readonly Gen<string> After = Of(
        "", "  other: |\n    x\n", "\n\n  # c\n  other: 'x'\n", "# end\n", "other: x\n---\nkind: Secret\n", "...\n", " # odd\n\n");

    /// <summary>Spellings of a text; null where the style cannot hold it.</summary>
    private static readonly Func<string, string?>[] Styles =
    [
        text => LiteralText.CanHold(text) ? $"{LiteralText.Header(text, 2)}\n{LiteralText.Body(text, 4, "\n")}" : null,
        text => LiteralText.CanHold(text) ? $"{LiteralText.Header(text, 3)} # roles\n{LiteralText.Body(text, 5, "\n")}" : null,
        text => LiteralText.CanHold(text) ? $"|4{LiteralText.ChompingFor(text)}\n{LiteralText.Body(text, 6, "\n")}" : null,
        text => LiteralText.CanHold(text) ? $">2\n{LiteralText.Body(text, 4, "\n")}" : null,
        text => QuotedText.Quote(text) + "\n",
        text => $"{QuotedText.Quote(text).Replace("\\n", "\\n\\\n      \\\n  ", StringComparison.Ordinal)} # c\n",
        text => text.All(LiteralText.IsPlain) ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'\n" : null,
        text => $"'{text.Replace("'", "''", StringComparison.Ordinal).Replace("\n", "\n\n    ", StringComparison.Ordinal)}'\n",
        text => $"{text}\n",
        _ => "\n",
        _ => "null # none\n",
    ];

    private static readonly Gen<string?> Value = Gen.Select(Text, Gen.Int[0, Styles.Length - 1], (text, style) => Styles[style](text));

    [Fact]
    public void Only_the_value_changes()
    {
        Gen.Select(Value, Text, Before, After, Gen.Bool, Gen.Bool).Sample(
            (value, text, before, after, windows, open) =>
            {
                var head = $"{before}{Head}data:\n  # roles\n  mapRoles: ";
                var tail = open && after.Length > 0 ? after[..^1] : after;
                var file = windows ? $"{head}{value}{tail}".ReplaceLineEndings("\r\n") : $"{head}{value}{tail}";
                head = windows ? head.ReplaceLineEndings("\r\n") : head;
                tail = windows ? tail.ReplaceLineEndings("\r\n") : tail;
                if (value is null || Read(file) is not { } document || !document.Data.TryGetValue("mapRoles", out var old))
                {
                    return true;
                }

                // Raw line breaks and marks of Unicode are no place to be clever, nor is a comment that touches a quote, which is not YAML:
                // such a file may be refused.
                var odd = file.AsSpan(1).ContainsAny("\u0085\u2028\ufeff") || file.Contains("'#", StringComparison.Ordinal);
                if (Changed(document, text, mayRefuse: odd) is not { } changed)
                {
                    return true;
                }

                Assert.Equal(text, Read(changed.Text)?.Data["mapRoles"]);
                Assert.StartsWith(head, changed.Text, StringComparison.Ordinal);
                Assert.EndsWith(tail.TrimStart('\r', '\n'), changed.Text, StringComparison.Ordinal);
                Assert.Equal(old, changed.With(Patch(old)).Document.Data["mapRoles"]);
                return true;
            },
            iter: 8_000);
    }

    [Fact]
    public void There_and_back_in_a_block_is_the_same_file()
    {
        Gen.Select(Text, Text, After).Sample(
            (old, text, after) =>
            {
                // An indicator that a text once needed stays, as a + does: only texts that need the same ones get back.
                if (!LiteralText.CanHold(old)
                    || !LiteralText.CanHold(text)
                    || LiteralText.NeedsIndicator(old) != LiteralText.NeedsIndicator(text)
                    || LiteralText.ChompingFor(old) == "+"
                    || LiteralText.ChompingFor(text) == "+")
                {
                    return;
                }

                var file = $"{Head}data:\n  mapRoles: {LiteralText.Header(old, 2)}\n{LiteralText.Body(old, 4, "\n")}{after}";
                if (Read(file) is { } document && document.Data["mapRoles"] == old && document.With(Patch(text)) is { Notices: [] } changed)
                {
                    Assert.Equal(file, changed.Document.With(Patch(old)).Document.Text);
                }
            },
            iter: 5_000);
    }

    [Fact]
    public void Json_is_json_before_and_after()
    {
        Gen.Select(Text, Text, Gen.Bool).Sample(
            (old, text, absent) =>
            {
                var file = $$"""{"kind": "ConfigMap", "metadata": {"name": "aws-auth"}, "data": {{{(absent ? "" : "\"mapRoles\": " + QuotedText.Quote(old))}}} }""";
                var changed = Parse(file).With(Patch(text)).Document.Text;
                using var json = System.Text.Json.JsonDocument.Parse(changed);
                Assert.Equal(text, json.RootElement.GetProperty("data").GetProperty("mapRoles").GetString());
            },
            iter: 5_000);
    }

    [Fact]
    public void Nothing_but_our_own_failures_leaves_the_reader()
    {
        Gen.Select(Before, Text, Text).Sample(
            (before, one, two) =>
            {
                foreach (var file in new[] { one, before + one + Head + two, $"{Head}data:\n  {one}\n  mapRoles: {two}", $"{{{one}: {two}" })
                {
                    if (Read(file) is { } document)
                    {
                        try
                        {
                            Assert.Equal("x\n", document.With(Patch("x\n")).Document.Data["mapRoles"]);
                        }
                        catch (AuthMapException exception)
                        {
                            Assert.Equal(FailureKind.Refused, exception.Failure.Kind);
                        }
                    }
                }
            },
            iter: 8_000);
    }

    private static Gen<string> Of(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);

    private static Dictionary<string, string> Patch(string text) => new() { ["mapRoles"] = text };

    private static ManifestDocument? Changed(ManifestDocument document, string text, bool mayRefuse)
    {
        try
        {
            return document.With(Patch(text)).Document;
        }
        catch (AuthMapException) when (mayRefuse)
        {
            return null;
        }
    }

    private static ManifestDocument? Read(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (AuthMapException)
        {
            return null;
        }
    }
}
