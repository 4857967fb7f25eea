namespace AuthMap.Documents.Readable;

/// <summary>What is wrong in what a person wrote, so that it cannot be taken.</summary>
/// <param name="Position">Where in <see cref="ReadableDraft.Body"/>.</param>
/// <param name="Message">What is wrong, in one line, without position or a final full stop.</param>
public sealed record DraftFault(TextPosition Position, string Message)
{
    /// <summary>Whether it can be taken all the same.</summary>
    public bool IsWarning { get; init; }
}

/// <summary>What a person made of a readable map.</summary>
/// <param name="Body">What they wrote, without the lines that are not theirs.</param>
public sealed record ReadableDraft(string Body)
{
    /// <summary>Whether nothing is left but comments and blank lines.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>What is wrong with it, in the order of the text.</summary>
    public IReadOnlyList<DraftFault> Faults { get; init; } = [];

    /// <summary>The texts that it stands for; null when it is empty or something is wrong with it.</summary>
    public MapTexts? Texts { get; init; }

    /// <summary>Where each line of a key's text stands in <see cref="Body"/>, and how far it is indented there.</summary>
    internal IReadOnlyDictionary<SectionKey, IReadOnlyList<DraftLine>> Lines { get; init; } =
        new Dictionary<SectionKey, IReadOnlyList<DraftLine>>();

    /// <summary>Where a place in a key's text stands in <see cref="Body"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="position">The place in its text.</param>
    public TextPosition Place(SectionKey key, TextPosition position)
    {
        if (!Lines.TryGetValue(key, out var lines) || lines.Count == 0)
        {
            return new(1, 1);
        }

        var line = lines[Math.Clamp(position.Line - 1, 0, lines.Count - 1)];
        return new(line.Number, position.Column + line.Indent);
    }
}

/// <summary>A line of a key's text.</summary>
/// <param name="Text">The line without its ending.</param>
/// <param name="Ending">Its ending; empty for a last line that has none.</param>
/// <param name="Number">The line of the draft that it stands in, from 1.</param>
/// <param name="Indent">How many characters stand before it there.</param>
internal sealed record DraftLine(string Text, string Ending, int Number, int Indent);
