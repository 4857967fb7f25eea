namespace AuthMap.Guarding;

/// <summary>What kind of harm a change would do, the worst first.</summary>
public enum Harm
{
    /// <summary>Somebody, or the cluster's nodes, could no longer enter or work as now.</summary>
    LockOut,

    /// <summary>Somebody would get more than now, by a change that is not meant to give anything.</summary>
    Gain,

    /// <summary>It would do nothing at all.</summary>
    NoEffect,
}

/// <summary>One reason not to make a change.</summary>
/// <param name="Harm">What kind of harm.</param>
/// <param name="Text">Who would lose or gain what, as a sentence without a final full stop.</param>
public sealed record Objection(Harm Harm, string Text)
{
    /// <summary>The failure of a change that is refused.</summary>
    /// <param name="target">The place of the map.</param>
    /// <param name="objections">Why; at least one.</param>
    /// <param name="mayConfirm">Whether the change could be one that is undone unless it is confirmed, and is not.</param>
    internal static Failure Refusal(string target, IReadOnlyList<Objection> objections, bool mayConfirm) => new(
        FailureKind.Refused,
        $"{target}: " + objections.Min(objection => objection.Harm) switch
        {
            Harm.LockOut => "this would lock people out",
            Harm.Gain => "this would let people in further than now",
            _ => "this would have no effect",
        },
        [.. objections.Select(objection => objection.Text)],
        mayConfirm && objections.Any(objection => objection.Harm == Harm.LockOut)
            ? "--force makes the change all the same; with --confirm-within 2m it is undone unless you confirm it"
            : "--force makes the change all the same");
}
