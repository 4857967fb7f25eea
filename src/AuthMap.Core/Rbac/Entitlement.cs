using AuthMap.Arns;
using AuthMap.Mappings;
using AuthMap.Resolving;

namespace AuthMap.Rbac;

/// <summary>A binding that holds for somebody.</summary>
/// <param name="Binding">The binding.</param>
/// <param name="By">The subject of it that fits: the username, or one of the groups.</param>
public sealed record Grant(RbacBinding Binding, Subject By);

/// <summary>A group that no binding names, so that it gives nothing.</summary>
/// <param name="Name">The group.</param>
/// <param name="Nearest">The group of a binding that was probably meant; null when none resembles it.</param>
public sealed record UnboundGroup(string Name, string? Nearest);

/// <summary>What somebody who enters may do, as the RBAC authorizer sees it (<c>plugin/pkg/auth/authorizer/rbac</c>,
/// <c>appliesToUser</c>): by names alone, the API group of a subject does not count.</summary>
/// <param name="Grants">The bindings that hold: those of the username first, then group by group.</param>
/// <param name="Unbound">Groups that give nothing; empty when some bindings are not known.</param>
/// <param name="NeedNoBinding">Groups that give rights by themselves.</param>
/// <param name="Hidden">The kinds of bindings that are not known.</param>
public sealed record Entitlement(
    IReadOnlyList<Grant> Grants, IReadOnlyList<UnboundGroup> Unbound, IReadOnlyList<string> NeedNoBinding, IReadOnlyList<RbacKind> Hidden)
{
    /// <summary>The group that may do everything, whatever is bound to it.</summary>
    public const string Admins = SystemNames.Masters;

    /// <summary>The group that the API server adds to everybody who has proven who they are.</summary>
    public const string Everybody = "system:authenticated";

    // The node authorizer knows nodes by both.
    private const string Nodes = SystemNames.Nodes;
    private const string NodeUser = SystemNames.NodeUser;

    /// <summary>Finds what holds for somebody.</summary>
    /// <param name="outcome">As whom they enter.</param>
    /// <param name="bindings">The bindings of the cluster.</param>
    public static Entitlement Of(ResolvedOutcome outcome, KnownBindings bindings)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(bindings);
        List<string> groups = [.. outcome.Groups.Append(Everybody).Distinct(StringComparer.Ordinal)];
        var all = bindings.All.ToList();
        List<Grant> grants =
        [
            .. (from binding in all
                from subject in binding.Subjects
                let rank = Rank(subject, binding, outcome.Username, groups)
                where rank >= 0
                orderby rank, binding.Key.Namespace, binding.Key.Name
                select new Grant(binding, subject)).Distinct(),
        ];
        List<string> free = [.. groups.Where(group => group == Admins || (group == Nodes && outcome.Username.StartsWith(NodeUser, StringComparison.Ordinal)))];
        List<string> known = [.. all.SelectMany(binding => binding.Subjects).Where(IsGroup).Select(subject => subject.Name).Distinct(StringComparer.Ordinal)];
        return new(
            grants,
            bindings.Hidden.Count > 0 ? [] :
            [
                .. from name in groups
                   where name != Everybody && !free.Contains(name) && !known.Contains(name)
                   where !outcome.Unfilled.Any(template => name.Contains(template, StringComparison.Ordinal))
                   select new UnboundGroup(name, Nearest(name, known)),
            ],
            free,
            bindings.Hidden);
    }

    /// <summary>What a subject fits: 0 for the username, from 1 on a group; negative for nothing.</summary>
    private static int Rank(Subject subject, RbacBinding binding, string username, List<string> groups) => subject.Kind switch
    {
        "User" => subject.Name == username ? 0 : -1,
        "Group" => groups.IndexOf(subject.Name) is var at and >= 0 ? at + 1 : -1,
        "ServiceAccount" => username == $"system:serviceaccount:{subject.Namespace ?? binding.Key.Namespace}:{subject.Name}" ? 0 : -1,
        _ => -1,
    };

    private static bool IsGroup(Subject subject) => subject.Kind == "Group";

    // A slip, else the one name that goes on where this one ends, or the other way round.
    private static string? Nearest(string name, List<string> known) =>
        Closest.To(name, [.. known, ""])
        ?? (known.Where(other => other.StartsWith(name, StringComparison.Ordinal) || name.StartsWith(other, StringComparison.Ordinal)).ToList()
            is [var only] ? only : null);
}
