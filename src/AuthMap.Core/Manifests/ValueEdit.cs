using AuthMap.Documents;
using AuthMap.Documents.Splicing;
using YamlDotNet.Core;

namespace AuthMap.Manifests;

/// <summary>A way to change a file, to be proven before it is used.</summary>
/// <param name="Splices">The changes, in the order of the text.</param>
/// <param name="Form">What the value becomes when it was something else before; null when its form stays.</param>
internal sealed record Candidate(IReadOnlyList<Splice> Splices, string? Form = null);

/// <summary>Ways to give a key that is there another value, the least change first.</summary>
internal static class ValueEdit
{
    public const string Literal = "a literal block (|)";
    public const string Quoted = "a double-quoted string";

    public static IEnumerable<Candidate> Candidates(
        SourceText source, YamlMapping data, DataEntry entry, int unit, string newValue)
    {
        var scalar = entry.Scalar;
        var token = TokenOf(source, scalar);
        var parentIndent = IndentOf(source, data);
        var block = scalar.IsBlock ? BlockScalar.Read(source, token.Start, parentIndent) : null;
        if (InForm(source, scalar, token, block, parentIndent, newValue) is { } same)
        {
            yield return new(same);
        }

        var space = token.Length == 0 && source.Text[token.Start - 1] is not (' ' or '\t') ? " " : "";
        var header = block?.Header ?? token;
        if (!data.Flow && scalar.Style != ScalarStyle.DoubleQuoted && LiteralText.CanHold(newValue))
        {
            var tail = block?.BodyStart ?? source.NextLineStart(token.End);
            var keeps = LiteralText.ChompingFor(newValue) == "+";
            var bodyEnd = block?.EndOf(keeps ? block.Lines.Count : block.SignificantLines) ?? tail;
            var lineBreak = source.LineBreakAt(tail);
            var body = LiteralText.Body(newValue, parentIndent + unit, lineBreak);
            yield return new(
                [
                    new(header.Start, header.End, space + LiteralText.Header(newValue, unit)),
                    new(tail, bodyEnd, source.EndsOpen(tail) ? lineBreak + body : body),
                ],
                entry.IsNull || scalar.Style == ScalarStyle.Literal ? null : Literal);
        }

        var quoted = new Splice(header.Start, header.End, space + QuotedText.Quote(newValue));
        yield return new(
            block is null ? [quoted] : [quoted, new(block.BodyStart, block.EndOf(block.SignificantLines), "")],
            entry.IsNull || scalar.Style == ScalarStyle.DoubleQuoted ? null : Quoted);
    }

    /// <summary>The column of a block mapping's keys.</summary>
    public static int IndentOf(SourceText source, YamlMapping mapping) =>
        source.ColumnAt(mapping.Anchor is null && mapping.Tag is null ? mapping.Start : mapping.Pairs[0].Key.Start);

    /// <summary>The scalar itself, without anchor and tag; of a block scalar, its indicators and body.</summary>
    public static TextSpan TokenOf(SourceText source, YamlScalar scalar)
    {
        var at = scalar.Start;
        while (at < scalar.End && source.Text[at] is '&' or '!')
        {
            at = source.Text.AsSpan(at, scalar.End - at).IndexOfAny(" \t\r\n") is var length and >= 0 ? at + length : scalar.End;
            var rest = source.Text.AsSpan(at, scalar.End - at).TrimStart(" \t\r\n");
            if (scalar is { Style: ScalarStyle.Plain, Value: "" } && rest is not ['&' or '!', ..])
            {
                // No value: the parser's end mark stands behind blank lines and comments.
                return new(at, at);
            }

            while (at < scalar.End && source.Text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
            }
        }

        return new(at, scalar.End);
    }

    private static IReadOnlyList<Splice>? InForm(
        SourceText source, YamlScalar scalar, TextSpan token, BlockScalar? block, int parentIndent, string newValue)
    {
        switch (scalar.Style)
        {
            case ScalarStyle.Literal:
                return LiteralText.Rewrite(source, block!, parentIndent, scalar.Value, newValue);
            case ScalarStyle.DoubleQuoted:
                var quoted = QuotedText.Read(source.Text, token.Start);
                return quoted.Value == scalar.Value && quoted.End == token.End ? [quoted.Replace(newValue)] : null;
            case ScalarStyle.SingleQuoted when newValue.All(LiteralText.IsPlain):
                return [new(token.Start, token.End, $"'{newValue.Replace("'", "''", StringComparison.Ordinal)}'")];
            default:
                return null;
        }
    }
}
