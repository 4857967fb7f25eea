using System.Text;
using AuthMap.Cluster;

namespace AuthMap.Cli.Completion;

/// <summary>A word as a person is typing it into bash or zsh: with quotes, perhaps not finished.</summary>
/// <param name="Raw">What is typed.</param>
/// <param name="Text">What it means; null when a shell would have to run something to find out.</param>
/// <param name="Quote">The quote that is open at its end; NUL for none.</param>
internal sealed record TypedWord(string Raw, string? Text, char Quote)
{
    private const string Plain = "_@%+=:,./-";

    /// <summary>A word that the shell has taken the quotes from.</summary>
    public static TypedWord Unquoted(string word, HostEnvironment host) =>
        new(word, word is ['~'] or ['~', '/', ..] ? host.HomeDirectory + word[1..] : word, '\0');

    /// <summary>Reads a word as the shell will, variables of the environment included; nothing is run.</summary>
    public static TypedWord Read(string raw, HostEnvironment host)
    {
        var text = new StringBuilder();
        var quote = '\0';
        var i = 0;
        if (raw is ['~'] or ['~', '/', ..])
        {
            text.Append(host.HomeDirectory);
            i = 1;
        }

        for (; i < raw.Length; i++)
        {
            var c = raw[i];
            if (quote == '\'' ? c == '\'' : c is '"' || (c is '\'' && quote == '\0'))
            {
                quote = quote == '\0' ? c : '\0';
            }
            else if (quote == '\'')
            {
                text.Append(c);
            }
            else if (c == '\\' && i + 1 < raw.Length && (quote == '\0' || raw[i + 1] is '$' or '`' or '"' or '\\'))
            {
                text.Append(raw[++i]);
            }
            else if (c == '$')
            {
                var name = VariableAt(raw, i + 1);
                if (name.Length == 0)
                {
                    return new(raw, null, quote);
                }

                text.Append(host[name.Trim('{', '}')]);
                i += name.Length;
            }
            else if (c == '`' || (c == '~' && i == 0))
            {
                return new(raw, null, quote);
            }
            else
            {
                text.Append(c);
            }
        }

        return new(raw, text.ToString(), quote);
    }

    /// <summary>The word finished to a value, typed in the same way as far as it goes; null when the value does not start so.</summary>
    public string? Complete(string value) =>
        Text is not null && value.StartsWith(Text, StringComparison.Ordinal) ? Raw + Quoted(value[Text.Length..]) : null;

    private string Quoted(string rest)
    {
        var quoted = new StringBuilder();
        foreach (var c in rest)
        {
            var escape = Quote switch
            {
                '\'' => c == '\'' ? @"'\'" : "",
                '"' => c is '$' or '`' or '"' or '\\' ? @"\" : "",
                _ => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || Plain.Contains(c, StringComparison.Ordinal) ? "" : @"\",
            };
            quoted.Append(escape).Append(c);
        }

        return quoted.ToString();
    }

    // NAME or {NAME}; nothing for anything else that starts with a dollar.
    private static string VariableAt(string raw, int start)
    {
        var braced = start < raw.Length && raw[start] == '{';
        var end = braced ? start + 1 : start;
        while (end < raw.Length && (char.IsAsciiLetterOrDigit(raw[end]) || raw[end] == '_'))
        {
            end++;
        }

        return !braced ? raw[start..end] : end < raw.Length && raw[end] == '}' ? raw[start..(end + 1)] : "";
    }
}
