using AuthMap.Planning;

namespace AuthMap.Editing;

/// <summary>How a change ended when it did not fail.</summary>
public enum OutcomeKind
{
    /// <summary>The map is already as wanted; nothing was written.</summary>
    NothingToDo,

    /// <summary>It was written.</summary>
    Written,

    /// <summary>It would be written; this was a dry run.</summary>
    Planned,

    /// <summary>The person asked said no; nothing was written.</summary>
    Declined,
}

/// <summary>A finished change.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Plan">The plan that was carried out, or would be.</param>
/// <param name="Read">The object as it was read for that plan.</param>
/// <param name="Version">The object's version afterwards; null when it is not known.</param>
/// <param name="Notices">What the place had to say about the write.</param>
public sealed record Outcome(OutcomeKind Kind, Plan Plan, Snapshot Read, string? Version, IReadOnlyList<Notice> Notices);
