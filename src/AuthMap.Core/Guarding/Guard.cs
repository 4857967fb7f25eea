using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Planning;
using AuthMap.Resolving;

namespace AuthMap.Guarding;

/// <summary>Says no when a change could lock people or nodes out. It compares who can enter as whom, not texts.</summary>
public static class Guard
{
    private const string Reserved = "system:";
    private const string PrivateDns = "{{EC2PrivateDNSName}}";

    private static readonly string[] _nodeGroups = [SystemNames.Nodes, SystemNames.Bootstrappers];

    /// <summary>Whether a plan takes something from somebody, so that the guard should know who makes it.</summary>
    /// <param name="plan">The plan.</param>
    public static bool TakesAway(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (before, after) = (plan.AccessBefore.Index, plan.AccessAfter.Index);
        return plan.AccessChanges.Any(change => change.Before is { } was
                && (change.After is not { } becomes || becomes.Username != was.Username || was.Groups.Except(becomes.Groups).Any()))
            // A further spelling of a user takes every other request from the one before.
            || after.Keys.Any(key => before[key].Count > 0 && after[key].Count > before[key].Count);
    }

    /// <summary>Why a plan should not be carried out without being forced; empty when nothing speaks against it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="facts">What is known beside the map.</param>
    public static IReadOnlyList<Objection> Check(Plan plan, Facts facts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(facts);
        if (plan.Steps.Count == 0)
        {
            return [];
        }

        // Where nobody reads the map, nobody can be locked out by it either.
        return facts.Mode == AuthenticationMode.Api
            ? [new(Harm.NoEffect, "the cluster's authentication mode is API: it lets people in by access entries alone, and nobody reads aws-auth")]
            : [.. Unreadable(plan), .. LostNodes(plan), .. LostAdmins(plan), .. LostCaller(plan, facts), .. Gains(plan)];
    }

    private static IEnumerable<Objection> Unreadable(Plan plan) =>
        from section in plan.After.Sections
        where section.Fatal is not null && section.Text != plan.Before[section.Key].Text
        select new Objection(
            Harm.LockOut,
            $"{section.Key.Name()} could not be read (line {section.Fatal!.Position.Line}: {section.Fatal.Message}), and nobody in it could enter");

    // Of several spellings of a user the authenticator picks one at random: only what all of them have can be relied on.
    private static IEnumerable<Objection> LostNodes(Plan plan)
    {
        var (before, after) = (plan.AccessBefore.Index, plan.AccessAfter.Index);
        foreach (var rows in before.Keys.Select(key => before[key]).Where(rows => rows.All(IsNode)))
        {
            var left = after[Arn.LookupKey(rows[0].Principal)];
            if (left.Count == 0 || !left.All(row => rows.Any(was => IsNode(row, was))))
            {
                yield return new(Harm.LockOut, $"nodes of {Named(rows[0])} could no longer join the cluster or stay in it");
            }
        }
    }

    private static IEnumerable<Objection> LostAdmins(Plan plan)
    {
        if (HasAdmin(plan.AccessBefore) && !HasAdmin(plan.AccessAfter))
        {
            yield return new(Harm.LockOut, $"nobody would be left in {SystemNames.Masters}");
        }
    }

    private static bool HasAdmin(AccessView view) => view.Index.Keys.Any(key => view.Index[key].All(IsAdmin));

    private static IEnumerable<Objection> LostCaller(Plan plan, Facts facts)
    {
        if (facts.Caller is not { } caller)
        {
            yield break;
        }

        var settings = new AuthenticatorSettings();
        var before = new Resolver(plan.Before, settings).Resolve(caller).Outcomes;
        var after = new Resolver(plan.After, settings).Resolve(caller).Outcomes;
        var you = $"you ({caller.Arn})";
        if (before.Any(outcome => outcome.Error is not null))
        {
            yield break;
        }

        if (after.Any(outcome => outcome.Error is not null))
        {
            yield return new(Harm.LockOut, $"{you} could no longer enter");
            yield break;
        }

        // Where the authenticator picks at random, only what every pick has can be relied on.
        var lost = Shared(before).Except(Shared(after)).ToList();
        if (lost.Count > 0)
        {
            yield return new(Harm.LockOut, $"{you} would lose {string.Join(", ", lost)}");
        }

        if (before.All(outcome => outcome.Username == before[0].Username)
            && after.FirstOrDefault(outcome => outcome.Username != before[0].Username) is { } other)
        {
            yield return new(Harm.LockOut, $"{you} would enter as \"{other.Username}\" and no longer as \"{before[0].Username}\"");
        }
    }

    private static IEnumerable<string> Shared(IReadOnlyList<ResolvedOutcome> outcomes) =>
        outcomes[0].Groups.Where(group => outcomes.All(outcome => outcome.Groups.Contains(group)));

    // Whom the change names is meant to get something; whoever else does gets it by accident.
    private static IEnumerable<Objection> Gains(Plan plan)
    {
        var meant = plan.Changes.Where(change => change.Action is ChangeAction.Added or ChangeAction.Updated)
            .Select(change => Arn.LookupKey(change.Identity)).ToHashSet(StringComparer.Ordinal);
        foreach (var change in plan.AccessChanges.Where(change => change.After is not null))
        {
            if (meant.Contains(Arn.LookupKey(change.Principal)))
            {
                continue;
            }

            var (before, after) = (change.Before, change.After!);
            var gained = after.Groups.Except(before?.Groups ?? []).ToList();
            if (gained.Count > 0)
            {
                yield return new(Harm.Gain, $"{change.Principal} would gain {string.Join(", ", gained)}: another entry of it comes into effect");
            }
            else if (after.Username.StartsWith(Reserved, StringComparison.Ordinal) && after.Username != before?.Username)
            {
                yield return new(Harm.Gain, $"{change.Principal} would enter as {after.Username}: another entry of it comes into effect");
            }
        }
    }

    // A node, or a user whom the template turns away, is nobody's administrator.
    private static bool IsAdmin(AccessRow row) => row.Groups.Contains(SystemNames.Masters) && !IsNodeUser(row)
        && !row.Groups.Append(row.Username).Any(text => text.Contains(PrivateDns, StringComparison.Ordinal));

    private static bool IsNode(AccessRow row) => SystemNames.IsNode(row.Username, row.Groups);

    // What lets a node work now must stay: its username, and the groups of nodes.
    private static bool IsNode(AccessRow row, AccessRow before) =>
        (!IsNodeUser(before) || row.Username == before.Username)
        && before.Groups.Intersect(_nodeGroups).All(group => row.Groups.Contains(group));

    private static bool IsNodeUser(AccessRow row) => SystemNames.IsNodeUser(row.Username);

    private static string Named(AccessRow row) => $"the {(row.Kind == MappingKind.User ? "user" : "role")} {row.Principal}";
}
