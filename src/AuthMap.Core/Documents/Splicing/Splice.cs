namespace AuthMap.Documents.Splicing;

/// <summary>A replacement of one stretch of text.</summary>
/// <param name="Span">What goes; empty for an insertion.</param>
/// <param name="Text">What comes in its place.</param>
internal readonly record struct Splice(TextSpan Span, string Text)
{
    /// <summary>A replacement of what stands between two offsets.</summary>
    public Splice(int start, int end, string text)
        : this(new TextSpan(start, end), text)
    {
    }

    private bool IsDeletion => Text.Length == 0 && Span.Length > 0;

    /// <summary>An insertion.</summary>
    public static Splice Insert(int offset, string text) => new(new TextSpan(offset, offset), text);

    /// <summary>A deletion.</summary>
    public static Splice Delete(int start, int end) => new(new TextSpan(start, end), "");

    /// <summary>Applies splices that do not overlap; at one offset insertions come first, in the order given.</summary>
    /// <param name="text">The text.</param>
    /// <param name="splices">The splices.</param>
    /// <param name="dropFinalEnding">Whether, where lines are deleted at the end of a text that has no final line ending, the
    /// ending before them goes too, so that the text keeps that peculiarity.</param>
    public static string Apply(string text, IEnumerable<Splice> splices, bool dropFinalEnding)
    {
        var pieces = new List<ReadOnlyMemory<char>>();
        var position = 0;
        var ordered = splices.OrderBy(splice => splice.Span.Start).ThenBy(splice => splice.Span.Length > 0);
        foreach (var splice in dropFinalEnding ? DropFinalEnding(text, Merge(ordered)) : Merge(ordered))
        {
            if (splice.Span.Start < position)
            {
                throw new CannotSpliceException(splice.Span.Start, "two changes meet in one place");
            }

            pieces.Add(text.AsMemory(position..splice.Span.Start));
            pieces.Add(splice.Text.AsMemory());
            position = splice.Span.End;
        }

        pieces.Add(text.AsMemory(position));
        return string.Create(pieces.Sum(piece => piece.Length), pieces, static (result, pieces) =>
        {
            foreach (var piece in pieces)
            {
                piece.Span.CopyTo(result);
                result = result[piece.Length..];
            }
        });
    }

    /// <summary>Makes one deletion of those that touch each other.</summary>
    /// <param name="ordered">Splices in the order of the text.</param>
    public static List<Splice> Merge(IEnumerable<Splice> ordered)
    {
        var merged = new List<Splice>();
        foreach (var splice in ordered)
        {
            if (splice.IsDeletion && merged is [.., { IsDeletion: true } last] && last.Span.End == splice.Span.Start)
            {
                merged[^1] = Delete(last.Span.Start, splice.Span.End);
            }
            else
            {
                merged.Add(splice);
            }
        }

        return merged;
    }

    private static List<Splice> DropFinalEnding(string text, List<Splice> splices)
    {
        var final = splices.FindIndex(splice => splice.IsDeletion && splice.Span.End == text.Length);
        if (final >= 0 && text[^1] is not ('\n' or '\r') && Lines.IsStart(text, splices[final].Span.Start))
        {
            splices[final] = Delete(Lines.BeforeEnding(text, splices[final].Span.Start), text.Length);
        }

        return splices;
    }
}

/// <summary>A text cannot be edited by splicing; never leaves this library.</summary>
internal sealed class CannotSpliceException(int offset, string reason) : Exception(reason)
{
    /// <summary>Where in the text.</summary>
    public int Offset { get; } = offset;
}
