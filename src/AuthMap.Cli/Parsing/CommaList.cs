using System.Text;

namespace AuthMap.Cli.Parsing;

/// <summary>
/// Splits <c>--group a,b</c> as eksctl does (pflag's stringSlice: one record of Go's encoding/csv): commas separate, a quoted
/// item may hold commas, a doubled quote in it is a quote, blanks belong to the item.
/// </summary>
internal static class CommaList
{
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: an empty item, or a quote out of place.</exception>
    public static IEnumerable<string> Split(string option, string text)
    {
        var position = 0;
        while (true)
        {
            var isQuoted = text.AsSpan(position).StartsWith('"');
            var item = isQuoted ? Quoted(option, text, ref position) : Plain(option, text, ref position);
            Usage.Forbid(item.Length == 0, $"{option} \"{text}\" has an empty item", "a shell variable in it was probably empty");
            yield return item;
            if (position >= text.Length)
            {
                yield break;
            }

            position++;
        }
    }

    private static string Plain(string option, string text, ref int position)
    {
        var comma = text.IndexOf(',', position);
        var item = text[position..(comma < 0 ? text.Length : comma)];
        Usage.Forbid(item.Contains('"'), $"{option} has a quote in the middle of an item: {text}",
            "quote the whole item, and double a quote inside it");
        Usage.Forbid(item.AsSpan().ContainsAny('\r', '\n'), $"{option} has a line break in an item");
        position += item.Length;
        return item;
    }

    private static string Quoted(string option, string text, ref int position)
    {
        var item = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] != '"')
            {
                item.Append(text[position]);
            }
            else if (text.AsSpan(position + 1).StartsWith('"'))
            {
                item.Append('"');
                position++;
            }
            else
            {
                position++;
                Usage.Forbid(position < text.Length && text[position] != ',', $"{option} has text behind a closing quote: {text}");
                return item.ToString();
            }
        }

        throw Usage.Error($"{option} has a quote that is never closed: {text}");
    }
}
