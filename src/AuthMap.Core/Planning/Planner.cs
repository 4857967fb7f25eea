using System.Diagnostics;
using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Services;

namespace AuthMap.Planning;

/// <summary>Turns wishes into a plan. Pure: the same map and wishes give the same plan.</summary>
public static class Planner
{
    /// <summary>Checks what can be checked of wishes without knowing the map, so that nothing is contacted for nothing.</summary>
    /// <param name="edits">The wishes.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: a wish makes no sense.</exception>
    public static void Check(IReadOnlyList<Edit> edits)
    {
        ArgumentNullException.ThrowIfNull(edits);
        foreach (var edit in edits)
        {
            switch (edit)
            {
                case UpsertPrincipal wish:
                    WishRules.Check(wish);
                    break;
                case UpsertAccount wish:
                    AccountId.Parse(wish.AccountId);
                    break;
                case ServiceEdit wish:
                    ServiceCatalog.Find(wish.Service);
                    NamespaceName.Check(wish.Namespace);
                    break;
            }
        }
    }

    /// <summary>
    /// Plans all wishes together, in time linear in the size of the map and the number of wishes. Each wish is about the map as it
    /// is, not about what another wish makes of it; the same wish twice counts once.
    /// </summary>
    /// <param name="document">The map as it is.</param>
    /// <param name="edits">The wishes.</param>
    /// <param name="cluster">The cluster beside the map; only wishes about services need it.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.NotFound"/>: nothing matches a removal, or a namespace is not there;
    /// <see cref="FailureKind.Refused"/>: several entries match a removal of one, the text cannot be edited safely, or an object
    /// of a service's name is somebody else's;
    /// <see cref="FailureKind.Failed"/>: the ARN is mapped differently and that was to be an error;
    /// <see cref="FailureKind.Conflict"/>: the texts to be replaced are no longer those that it was decided on;
    /// <see cref="FailureKind.Usage"/>: a wish makes no sense, or two contradict each other.</exception>
    public static Plan Plan(AwsAuthDocument document, IReadOnlyList<Edit> edits, ClusterState? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(edits);
        if (edits is [ReplaceTexts replacement])
        {
            return ReplacementPlanner.Plan(document, replacement);
        }

        if (edits is [MendMap mending])
        {
            return MendPlanner.Plan(document, mending);
        }

        var draft = new PlanDraft(new MapIndex(document));
        var upserts = new UpsertPlanner(draft);
        var removals = new RemovalPlanner(draft);
        var services = new ServicePlanner(draft, upserts, removals, cluster);
        foreach (var edit in edits.OrderBy(edit => edit is PruneOthers))
        {
            switch (edit)
            {
                case UpsertPrincipal wish:
                    upserts.Plan(wish);
                    break;
                case UpsertAccount wish:
                    upserts.Plan(wish);
                    break;
                case RemoveMappings wish:
                    removals.Plan(wish);
                    break;
                case PruneOthers wish:
                    PrunePlanner.Plan(draft, wish);
                    break;
                case UpsertService wish:
                    services.Plan(wish);
                    break;
                case RemoveService wish:
                    services.Plan(wish);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        services.PlanMappings();
        var plan = services.AddObjects(draft.Finish());
        return plan with { Notices = [.. plan.Notices, .. RemovalPlanner.WhoStillEnters(draft, plan)] };
    }
}
