namespace AuthMap.Planning;

/// <summary>Which entries are meant; what is given narrows, what is null does not.</summary>
/// <param name="Arn">An ARN, as typed.</param>
/// <param name="Account">An account id.</param>
/// <param name="Username">A username, exactly.</param>
/// <param name="Group">A group that the entry must have, exactly.</param>
public sealed record Selector(string? Arn, string? Account, string? Username, string? Group);
