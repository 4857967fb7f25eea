using System.Text;

namespace AuthMap.Cli.Tests.Support;

/// <summary>Splits a line into words as a shell does: blanks part, single quotes keep everything, double quotes keep blanks.</summary>
internal static class ShellWords
{
    public static IReadOnlyList<string> Split(string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var (quote, inWord) = ('\0', false);
        foreach (var c in line)
        {
            if (quote != '\0' ? c == quote : c is '\'' or '"')
            {
                quote = quote == '\0' ? c : '\0';
                inWord = true;
            }
            else if (quote == '\0' && c == ' ')
            {
                Finish();
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (inWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            inWord = false;
        }
    }
}
