using AuthMap.Documents;

namespace AuthMap.History;

/// <summary>
/// The texts of a state as they differ from those of another one. Most changes are small and in one place, so two states of a large
/// map take hardly more room, and hardly more time, than one.
/// </summary>
/// <param name="Parts">For each key of the state, what makes its text.</param>
internal sealed record TextsDelta(IReadOnlyDictionary<string, TextDelta> Parts)
{
    /// <summary>What makes one state out of another.</summary>
    /// <param name="from">The other; null: out of nothing.</param>
    /// <param name="to">The state.</param>
    public static TextsDelta Between(MapTexts? from, MapTexts to) => new(to.Data.ToDictionary(
        pair => pair.Key, pair => TextDelta.Between(from?.Data.GetValueOrDefault(pair.Key) ?? "", pair.Value), StringComparer.Ordinal));

    /// <summary>Makes the state.</summary>
    /// <param name="from">The other state; null for nothing.</param>
    public MapTexts Apply(MapTexts? from) => MapTexts.Of(Parts.ToDictionary(
        pair => pair.Key, pair => pair.Value.Apply(from?.Data.GetValueOrDefault(pair.Key) ?? ""), StringComparer.Ordinal));

    /// <summary>The length of each text that it makes, given those of the other state; null when it does not fit there.</summary>
    public IReadOnlyDictionary<string, int>? Lengths(IReadOnlyDictionary<string, int> from)
    {
        var lengths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, part) in Parts)
        {
            if (part is not { Head: >= 0, Tail: >= 0 } || (long)part.Head + part.Tail > from.GetValueOrDefault(key))
            {
                return null;
            }

            lengths[key] = part.Head + part.Text.Length + part.Tail;
        }

        return lengths;
    }
}

/// <summary>A text as it differs from another one.</summary>
/// <param name="Head">How many characters (UTF-16) of the other's beginning it has.</param>
/// <param name="Tail">How many of its end.</param>
/// <param name="Text">What stands between.</param>
internal sealed record TextDelta(int Head, int Tail, string Text)
{
    /// <summary>What makes one text out of another.</summary>
    public static TextDelta Between(string from, string to)
    {
        var head = from.AsSpan().CommonPrefixLength(to);
        var longest = Math.Min(from.Length, to.Length) - head;
        var tail = 0;
        while (tail < longest && from[^(tail + 1)] == to[^(tail + 1)])
        {
            tail++;
        }

        // Half a character is none.
        head -= head > 0 && char.IsHighSurrogate(to[head - 1]) ? 1 : 0;
        tail -= tail > 0 && char.IsLowSurrogate(to[^tail]) ? 1 : 0;
        return new(head, tail, to[head..^tail]);
    }

    /// <summary>Makes the text.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Failed"/>: it would hold half a character, which none that is written
    /// does.</exception>
    public string Apply(string from) =>
        (Head > 0 && char.IsHighSurrogate(from[Head - 1])) || (Tail > 0 && char.IsLowSurrogate(from[^Tail]))
            ? throw new AuthMapException(FailureKind.Failed, $"the annotation {RevisionLog.Annotation} is damaged: one of its states holds half a character")
            : Head == 0 && Tail == 0 ? Text
            : string.Concat(from.AsSpan(0, Head), Text, from.AsSpan(from.Length - Tail));
}
