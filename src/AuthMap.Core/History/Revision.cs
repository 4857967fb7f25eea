using AuthMap.Documents;

namespace AuthMap.History;

/// <summary>A state that the map was in.</summary>
public sealed class Revision
{
    private readonly Lazy<MapTexts> _texts;
    private readonly Revision? _next;
    private readonly TextsDelta? _delta;

    /// <summary>A state with its texts.</summary>
    internal Revision(int number, RevisionOrigin? origin, MapTexts texts)
    {
        (Number, Origin) = (number, origin);
        _texts = new(texts);
    }

    /// <summary>A state as it differs from the next one; its texts are put together only when somebody wants them.</summary>
    internal Revision(int number, RevisionOrigin? origin, TextsDelta delta, Revision? next)
    {
        (Number, Origin) = (number, origin);
        (_delta, _next) = (delta, next);
        _texts = new(() => delta.Apply(next?.Texts));
    }

    /// <summary>Its number, from 1; never used twice.</summary>
    public int Number { get; }

    /// <summary>The write that made it; null for one that another program made, or nobody knows who.</summary>
    public RevisionOrigin? Origin { get; }

    /// <summary>The texts.</summary>
    public MapTexts Texts => _texts.Value;

    /// <summary>What makes this state out of another one.</summary>
    /// <param name="next">The other; null: out of nothing.</param>
    internal TextsDelta DeltaFrom(Revision? next) =>
        _delta is not null && ReferenceEquals(next, _next) ? _delta : TextsDelta.Between(next?.Texts, Texts);
}

/// <summary>A write of ours.</summary>
/// <param name="Time">When; UTC, to the second.</param>
/// <param name="Actor">Who, as far as the machine knows: user, host, profile.</param>
/// <param name="Tool">The program and its version.</param>
/// <param name="Summary">What it did, in one line.</param>
public sealed record RevisionOrigin(DateTimeOffset Time, string Actor, string Tool, string Summary);
