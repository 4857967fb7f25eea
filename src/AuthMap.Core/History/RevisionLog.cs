using AuthMap.Documents;
using AuthMap.Editing;

namespace AuthMap.History;

/// <summary>
/// The states that the map was in, oldest first, as they travel with the object in an annotation. Each write of ours adds the state
/// that it makes and, when the one before it is not known yet (the first write, or another program wrote meanwhile), that one too.
/// </summary>
/// <param name="Next">The number of the next state.</param>
/// <param name="Revisions">The states that are kept.</param>
public sealed record RevisionLog(int Next, IReadOnlyList<Revision> Revisions)
{
    /// <summary>The annotation's name.</summary>
    public const string Annotation = "authmap/history";

    /// <summary>How many states are kept at most: ten to go back to, and the one that the newest write made.</summary>
    public const int Kept = 11;

    /// <summary>The largest value of the annotation, in bytes.</summary>
    public const int LargestValue = 128 * 1024;

    // The API's limit on all annotations of an object, names and values (apimachinery, TotalAnnotationSizeLimitB).
    private const int LargestAnnotations = 256 * 1024;

    private static readonly RevisionLog _empty = new(1, []);

    /// <summary>Reads the log of an object.</summary>
    /// <param name="snapshot">The object.</param>
    /// <param name="notice">What is wrong with it; null when nothing is.</param>
    public static RevisionLog Of(Snapshot snapshot, out Notice? notice)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        notice = null;
        if (!snapshot.Annotations.TryGetValue(Annotation, out var value))
        {
            return _empty;
        }

        var log = RevisionCodec.Read(value, snapshot.Data, out var next);
        if (log is null)
        {
            notice = Notice.Warning(next is null
                ? $"the annotation {Annotation} cannot be read; its revisions are lost, and numbers begin at 1 again"
                : $"the annotation {Annotation} cannot be read; its revisions are lost, and numbers go on at {next}");
        }

        return log ?? _empty with { Next = next ?? 1 };
    }

    /// <summary>The log with the state that the map is in now, which another program may have made.</summary>
    /// <param name="texts">The map's texts now.</param>
    public RevisionLog With(MapTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Revisions.Count > 0 && Revisions[^1].Texts.IsSameAs(texts) ? this : Add(null, texts);
    }

    /// <summary>A revision by its number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="target">The place of the map, for the message.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.NotFound"/>: it is not kept, or never was.</exception>
    public Revision Find(int number, string target) =>
        Revisions.FirstOrDefault(revision => revision.Number == number) ?? throw new AuthMapException(
            FailureKind.NotFound,
            $"{target} has no revision {number}",
            Revisions.Count == 0 ? "it has none at all" : $"there are {Revisions[0].Number} to {Revisions[^1].Number}; list them with: authmap history");

    /// <summary>The revision before the newest one.</summary>
    /// <param name="target">The place of the map, for the message.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.NotFound"/>: there is none.</exception>
    public Revision BeforeTheLast(string target) => Revisions.Count > 1
        ? Revisions[^2]
        : throw new AuthMapException(FailureKind.NotFound, $"{target} has no earlier revision to go back to", "list them with: authmap history");

    /// <summary>The log after a write.</summary>
    /// <param name="before">The texts as they were read.</param>
    /// <param name="after">The texts as they are written.</param>
    /// <param name="origin">The write.</param>
    public RevisionLog After(MapTexts before, MapTexts after, RevisionOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return With(before).Add(origin, after);
    }

    /// <summary>The annotation's value, with as many states as fit, newest first; null when not even an empty one does.</summary>
    /// <param name="others">All other annotations that the object will have.</param>
    /// <param name="notice">What does not fit; null when everything does.</param>
    public string? Write(IReadOnlyDictionary<string, string> others, out Notice? notice)
    {
        ArgumentNullException.ThrowIfNull(others);
        var room = LargestAnnotations - Annotation.Length
            - others.Where(pair => pair.Key != Annotation).Sum(pair => Utf8Length(pair.Key) + Utf8Length(pair.Value));
        var kept = this with { Revisions = [.. Revisions.TakeLast(Kept)] };
        string? value;
        while ((value = RevisionCodec.Write(kept, Math.Clamp(room, 0, LargestValue), out var fitting)) is null && kept.Revisions.Count > 0)
        {
            // A state alone cannot be gone back to.
            kept = kept with { Revisions = [.. kept.Revisions.TakeLast(fitting > 1 ? fitting : 0)] };
        }

        var lost = Math.Min(Revisions.Count, Kept) - kept.Revisions.Count;
        notice = lost == 0 ? null : Notice.Warning(kept.Revisions.Count == 0
            ? $"{(room < LargestValue ? "the object's annotations leave no room for a history" : "the map is too large for a history in its annotations")}: this change cannot be rolled back"
            : $"the object's annotations are full: the {lost} oldest revisions are dropped");
        return value;
    }

    private RevisionLog Add(RevisionOrigin? origin, MapTexts texts) =>
        new(Next + 1, [.. Revisions, new(Next, origin, texts)]);

    private static int Utf8Length(string text) => System.Text.Encoding.UTF8.GetByteCount(text);
}
