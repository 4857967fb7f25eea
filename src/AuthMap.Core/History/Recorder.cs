using AuthMap.Planning;

namespace AuthMap.History;

/// <summary>Who writes, for the history.</summary>
/// <param name="Actor">The user, the host and, where there is one, the profile; no more than the machine knows anyhow.</param>
/// <param name="Tool">The program and its version.</param>
/// <param name="Summary">What is done, when the changes do not say it themselves; null otherwise.</param>
public sealed record Recorder(string Actor, string Tool, string? Summary = null)
{
    private const int Shown = 3;

    internal RevisionOrigin Origin(Plan plan, DateTimeOffset now) =>
        new(DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()), Actor, Tool, Summary ?? Summarise(plan));

    private static string Summarise(Plan plan)
    {
        var changes = plan.Changes.Where(change => change.Action != ChangeAction.Unchanged)
            .Select(change => $"{Sign(change.Action)} {change.Kind.ToString().ToLowerInvariant()} {ShortName(change.Identity)}")
            .ToList();
        return string.Join(", ", changes.Take(Shown)) + (changes.Count > Shown ? $" and {changes.Count - Shown} more" : "");
    }

    private static char Sign(ChangeAction action) => action switch
    {
        ChangeAction.Added => '+',
        ChangeAction.Removed => '-',
        _ => '~',
    };

    private static string ShortName(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}
