namespace AuthMap.Linting;

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>Somebody or something does not enter, or not as the map seems to say.</summary>
    Error,

    /// <summary>It works, and is probably not meant or will do harm one day.</summary>
    Warning,
}

/// <summary>Who can mend what a rule finds.</summary>
public enum Mending
{
    /// <summary>Only a person knows what was meant.</summary>
    ByHand,

    /// <summary>authmap, without a change of what anybody becomes.</summary>
    Fix,

    /// <summary>authmap; it lets somebody in, or gives somebody a name or groups.</summary>
    FixAccess,
}

/// <summary>A kind of mistake; its id never changes its meaning.</summary>
/// <param name="Id">The id: <c>AM</c> and three digits.</param>
/// <param name="Name">A short name, in lower case with hyphens.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Reason">Why it is a mistake, in one line without a final full stop.</param>
/// <param name="Remedy">What to do, in one line without a final full stop.</param>
/// <param name="Mending">Who can mend it; some cases are left to a person all the same.</param>
public sealed record Rule(string Id, string Name, Severity Severity, string Reason, string Remedy, Mending Mending = Mending.ByHand);
