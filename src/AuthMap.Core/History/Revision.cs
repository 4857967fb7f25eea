using AuthMap.Documents;


namespace AuthMap.History;

/// <summary>A state that the map was in.</summary>
/// <param name="Number">Its number, from 1; never used twice.</param>
/// <param name="Origin">The write that made it; null for one that another program made, or nobody knows who.</param>
/// <param name="Texts">The texts.</param>
public sealed record Revision(int Number, RevisionOrigin? Origin, MapTexts Texts);

/// <summary>A write of ours.</summary>
/// <param name="Time">When; UTC, to the second.</param>
/// <param name="Actor">Who, as far as the machine knows: user, host, profile.</param>
/// <param name="Tool">The program and its version.</param>
/// <param name="Summary">What it did, in one line.</param>
public sealed record RevisionOrigin(DateTimeOffset Time, string Actor, string Tool, string Summary);
