using AuthMap.Planning;
using AuthMap.Resolving;

namespace AuthMap.Confirming;

/// <summary>What a probe after the write shows.</summary>
internal enum Showing
{
    /// <summary>The caller enters as it should, which it could not before: the server has read the new map.</summary>
    New,

    /// <summary>The caller enters as it should, which it did before.</summary>
    Same,

    /// <summary>The caller enters as before although the map says otherwise: the server has not read the new map.</summary>
    Old,

    /// <summary>The caller has lost something.</summary>
    Lost,
}

/// <summary>As whom the caller should enter after a change.</summary>
internal sealed class Expectation
{
    private readonly SelfReview _before;
    private readonly IReadOnlyList<ResolvedOutcome> _old;
    private readonly IReadOnlyList<ResolvedOutcome> _new;

    /// <param name="plan">The change.</param>
    /// <param name="before">As whom the caller entered before it.</param>
    public Expectation(Plan plan, SelfReview before)
    {
        var settings = new AuthenticatorSettings();
        _before = before;
        _old = before.Caller is { } caller ? new Resolver(plan.Before, settings).Resolve(caller).Outcomes : [];
        _new = before.Caller is null ? [] : new Resolver(plan.After, settings).Resolve(before.Caller).Outcomes;
    }

    /// <summary>Judges a probe.</summary>
    public Showing Judge(SelfReview now)
    {
        // Whoever does not enter by the map (an access entry, the cluster's creator, a certificate) goes on as before.
        if (!_old.Any(_before.Confirms))
        {
            return IsSame(now) ? Showing.Same : Showing.Lost;
        }

        return (_old.Any(now.Confirms), _new.Any(now.Confirms)) switch
        {
            (false, true) => Showing.New,
            (true, true) => Showing.Same,
            (true, false) => Showing.Old,
            _ => Showing.Lost,
        };
    }

    private bool IsSame(SelfReview now) => now.Username == _before.Username && now.Groups.ToHashSet().SetEquals(_before.Groups);
}
