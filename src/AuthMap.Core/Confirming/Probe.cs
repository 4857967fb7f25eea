using AuthMap.Resolving;

namespace AuthMap.Confirming;

/// <summary>What came of entering a cluster anew.</summary>
public abstract record Probe
{
    private protected Probe()
    {
    }
}

/// <summary>The caller is in.</summary>
/// <param name="As">As whom.</param>
/// <param name="IsFresh">Whether it entered with another credential than the times before. One that is always the same may be let in
/// from the server's memory.</param>
public sealed record Entered(SelfReview As, bool IsFresh) : Probe;

/// <summary>The server does not know the caller (401).</summary>
public sealed record TurnedAway : Probe;

/// <summary>The server did not say as whom it let the caller in, and will not when it is asked again.</summary>
/// <param name="Reason">Why, as a sentence without a final full stop.</param>
/// <param name="Hint">What to do about it; null when there is nothing useful to say.</param>
public sealed record Unanswered(string Reason, string? Hint = null) : Probe;

/// <summary>There was no answer, which says nothing about who may enter.</summary>
/// <param name="Failure">Why.</param>
public sealed record NoAnswer(Failure Failure) : Probe;
