using AuthMap.Mappings;
using AuthMap.Rbac;
using AuthMap.Services;

namespace AuthMap.Planning;

/// <summary>Plans that services should be able to work in namespaces, or no longer.</summary>
/// <remarks>A service has one mapping, which all of its namespaces share: it comes with the first and goes with the last.</remarks>
internal sealed class ServicePlanner(PlanDraft draft, UpsertPlanner upserts, RemovalPlanner removals, ClusterState? cluster)
{
    private readonly Dictionary<(string Service, string Namespace), ServiceEdit> _wishes = [];
    private readonly List<(RemoveService Wish, IReadOnlyList<string> Left)> _removals = [];
    private readonly ServiceObjects? _objects = cluster is null ? null : new(draft, cluster);

    public void Plan(UpsertService wish)
    {
        var (service, objects, state) = Begin(wish);
        if (IsRepeated(wish))
        {
            return;
        }

        if (state.MissingNamespaces.Contains(wish.Namespace))
        {
            throw new AuthMapException(
                FailureKind.NotFound, $"there is no namespace {wish.Namespace}", $"make it first: kubectl create namespace {wish.Namespace}");
        }

        // Groups of an entry that is there are kept: eksctl looks at ARN and username alone.
        objects.Grant(service, wish.Namespace);
        upserts.Plan(new UpsertPrincipal(
            MappingKind.Role, service.RoleArnIn(state.Cluster), service.Username, [], MergeGroups: true, [], DuplicatePolicy.Update));
    }

    public void Plan(RemoveService wish)
    {
        var (service, objects, _) = Begin(wish);
        if (!IsRepeated(wish))
        {
            _removals.Add((wish, objects.Withdraw(service, wish.Namespace)));
        }
    }

    /// <summary>Plans the mappings of the services that are to go, once it is known where they stay.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.NotFound"/>: nothing of a service is there.</exception>
    public void PlanMappings()
    {
        foreach (var group in _removals.GroupBy(removal => removal.Wish.Service))
        {
            var (service, objects, state) = Begin(group.First().Wish);
            var (isRemoved, whyNot) = PlanMapping(service, objects, state);
            foreach (var (wish, left) in group)
            {
                var found = isRemoved || objects.Withdrawals.Any(change => change.Key.Name == service.Name && change.Key.Namespace == wish.Namespace);
                if (!found)
                {
                    PlanNothing(wish, left, whyNot);
                }

                draft.Notices.AddRange(left.Select(text => Notice.Warning(text)));
            }

            draft.Notices.AddRange(whyNot is null ? [] : [whyNot]);
        }
    }

    /// <summary>Adds what is planned beside the map: what gives access before it, what takes it away after it.</summary>
    public Plan AddObjects(Plan plan)
    {
        return _objects is null ? plan : plan with
        {
            Objects = [.. _objects.Grants, .. _objects.Withdrawals],
            Steps = [.. Steps(_objects.Grants), .. plan.Steps, .. Steps(_objects.Withdrawals)],
        };

        static IEnumerable<WriteObject> Steps(IEnumerable<ObjectChange> changes) =>
            changes.Where(change => change.Action != ChangeAction.Unchanged).Select(change => new WriteObject(change));
    }

    private (ServiceDefinition Service, ServiceObjects Objects, ClusterState State) Begin(ServiceEdit wish)
    {
        var service = ServiceCatalog.Find(wish.Service);
        NamespaceName.Check(wish.Namespace);
        return cluster is null || _objects is null
            ? throw new AuthMapException(FailureKind.Usage, "a service mapping needs a cluster", "its Role and RoleBinding are objects there")
            : (service, _objects, cluster);
    }

    private (bool IsRemoved, Notice? WhyNot) PlanMapping(ServiceDefinition service, ServiceObjects objects, ClusterState state)
    {
        var arn = service.RoleArnIn(state.Cluster);
        var isMapped = draft.Index.ByArn(arn)?.Entries.Any(entry => entry.Mapping is PrincipalMapping mapping && mapping.Username == service.Username) == true;
        if (isMapped && state.Bindings is null)
        {
            return (false, Notice.Warning(
                $"the mapping of {arn} stays: you may not list the RoleBindings of all namespaces, and others may need it",
                $"delete iamidentitymapping --arn {ShellWord.Of(arn)} --username {ShellWord.Of(service.Username)}"));
        }

        if (Spaces(service, objects, state) is { Count: > 0 } spaces)
        {
            var text = $"the mapping of {arn} stays: {service.Username} is still bound in {ServiceText.Some(spaces)}";
            return (false, isMapped ? Notice.Note(text) : null);
        }

        var before = draft.Removed.Count();
        removals.Plan(new RemoveMappings(new(arn, null, service.Username, null), All: true, IgnoreNotFound: true));
        return (draft.Removed.Count() > before, null);
    }

    // The namespaces in which the service will still be able to work.
    private List<string> Spaces(ServiceDefinition service, ServiceObjects objects, ClusterState state)
    {
        var user = Subject.User(service.Username);
        var changed = objects.Withdrawals.ToDictionary(change => change.Key, change => change.After as RbacBinding);
        return
        [
            .. (state.Bindings ?? [])
                .Where(binding => changed.GetValueOrDefault(binding.Key, binding)?.Subjects.Contains(user) == true)
                .Select(binding => binding.Key.Namespace)
                .Concat(_wishes.Values.OfType<UpsertService>().Where(wish => wish.Service == service.Name).Select(wish => wish.Namespace))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private void PlanNothing(RemoveService wish, IReadOnlyList<string> left, Notice? whyNot)
    {
        var message = $"nothing of {wish.Service} to remove in the namespace {wish.Namespace}";
        if (!wish.IgnoreNotFound)
        {
            throw new AuthMapException(new Failure(
                FailureKind.NotFound, message, [.. left, .. whyNot is null ? (string[])[] : [whyNot.Text]], null));
        }

        draft.Notices.Add(Notice.Note(message));
    }

    private bool IsRepeated(ServiceEdit wish)
    {
        if (_wishes.TryAdd((wish.Service, wish.Namespace), wish))
        {
            return false;
        }

        return _wishes[(wish.Service, wish.Namespace)].GetType() == wish.GetType() ? true : throw new AuthMapException(
            FailureKind.Usage, $"{wish.Service} in {wish.Namespace} is to be changed in two ways at once", "one of them has to go");
    }
}
