namespace AuthMap.Benchmarks.Reports;

/// <summary>What a number counts.</summary>
public enum Unit
{
    Milliseconds,
    Bytes,
    Count,
    Exponent,
}

/// <summary>What is to be reached: at most this much.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="OfPeer">Whether it is times the peer's value; else it is in the line's unit.</param>
public sealed record Goal(double Limit, bool OfPeer)
{
    public static Goal Times(double limit) => new(limit, OfPeer: true);

    public static Goal AtMost(double limit) => new(limit, OfPeer: false);
}

/// <summary>One measurement: ours, and somebody else's beside it.</summary>
/// <param name="Row">The row of the benchmark that it is part of.</param>
/// <param name="What">What was measured.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="Ours">Our value.</param>
public sealed record Line(string Row, string What, Unit Unit, double Ours)
{
    /// <summary>Who is beside us; null when nobody is.</summary>
    public string? Peer { get; init; }

    /// <summary>The peer's value.</summary>
    public double? Theirs { get; init; }

    public Goal? Goal { get; init; }

    /// <summary>Ours in terms of the peer's.</summary>
    public double? Ratio => Ours / Theirs;

    /// <summary>Whether the goal is reached; null when there is none.</summary>
    public bool? IsMet => Goal is null ? null : (Goal.OfPeer ? Ratio : Ours) <= Goal.Limit;
}
