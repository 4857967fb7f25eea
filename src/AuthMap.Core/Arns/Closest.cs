namespace AuthMap.Arns;

/// <summary>"Did you mean": the one of a few known words that a mistyped one resembles.</summary>
public static class Closest
{
    /// <summary>The nearest word, at most two slips away and nearer than any other; null when there is none.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="words">What is known, two words at least.</param>
    public static string? To(string text, IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(words);
        var lower = text.ToLowerInvariant();
        var ranked = words.Select(word => (Word: word, Distance: Distance(lower, word.ToLowerInvariant()))).OrderBy(pair => pair.Distance).Take(2).ToArray();
        return ranked is [var first, var second]
            && first.Distance <= Math.Min(2, first.Word.Length - 1)
            && first.Distance < second.Distance
            ? first.Word
            : null;
    }

    // Levenshtein, one row at a time; long texts resemble nothing.
    private static int Distance(string a, string b)
    {
        if (a.Length > 40)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
