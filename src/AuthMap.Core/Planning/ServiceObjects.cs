using AuthMap.Rbac;
using AuthMap.Services;

namespace AuthMap.Planning;

/// <summary>Plans what happens to a service's Role and RoleBinding in a namespace.</summary>
internal sealed class ServiceObjects(PlanDraft draft, ClusterState cluster)
{
    private readonly List<ObjectChange> _grants = [];
    private readonly List<ObjectChange> _withdrawals = [];

    /// <summary>What gives access, or is there already.</summary>
    public IReadOnlyList<ObjectChange> Grants => _grants;

    /// <summary>What takes access away.</summary>
    public IReadOnlyList<ObjectChange> Withdrawals => _withdrawals;

    /// <summary>The Role gets the service's rules and no others; the RoleBinding gets its user and keeps other subjects.</summary>
    public void Grant(ServiceDefinition service, string space)
    {
        var (role, binding) = (service.RoleIn(space), service.BindingIn(space));
        _grants.Add(Grant(role, Current(role)));
        _grants.Add(Grant(binding, Current(binding), Subject.User(service.Username)));
    }

    /// <summary>RoleBinding and Role go; what is not as we write it may be somebody else's and stays.</summary>
    /// <returns>What stays and why, a line each.</returns>
    public IReadOnlyList<string> Withdraw(ServiceDefinition service, string space)
    {
        List<string> left = [];
        var (role, binding) = (service.RoleIn(space), service.BindingIn(space));
        var staying = Current(binding) is { } current ? Withdraw(current, binding, Subject.User(service.Username), left) : null;
        if (Current(role) is { } currentRole)
        {
            var users = (cluster.Bindings ?? []).Where(other => other.Key != binding.Key).Append(staying)
                .OfType<RbacBinding>().Where(other => other.IsTo(role.Key)).Select(other => other.Key).ToList();
            Withdraw(currentRole, role, users, left);
        }

        return left;
    }

    private ObjectChange Grant(RbacRole wanted, RbacRole? current)
    {
        if (current is null)
        {
            return new(ChangeAction.Added, null, wanted);
        }

        if (current.AllowsSameAs(wanted))
        {
            return new(ChangeAction.Unchanged, current, current);
        }

        if (current.Beyond(wanted).Take(ServiceText.Few + 1).ToList() is { Count: > 0 } lost)
        {
            draft.Notices.Add(Notice.Warning($"{current.Key} loses what only it allowed: {ServiceText.Some(lost)}"));
        }

        return new(ChangeAction.Updated, current, wanted with { Version = current.Version });
    }

    private static ObjectChange Grant(RbacBinding wanted, RbacBinding? current, Subject user)
    {
        if (current is null)
        {
            return new(ChangeAction.Added, null, wanted);
        }

        if (current.Role != wanted.Role)
        {
            throw new AuthMapException(new Failure(
                FailureKind.Refused,
                $"{current.Key} binds to {current.Role}, and the API lets nobody change that",
                [$"it binds {ServiceText.Some(current.Subjects)}"],
                $"if nothing else needs it, remove it first: {ServiceText.KubectlDelete(current.Key)}"));
        }

        return current.Subjects.Contains(user)
            ? new(ChangeAction.Unchanged, current, current)
            : new(ChangeAction.Updated, current, current with { Subjects = [.. current.Subjects, user] });
    }

    // Returns the binding if it stays.
    private RbacBinding? Withdraw(RbacBinding current, RbacBinding ours, Subject user, List<string> left)
    {
        var others = current.Subjects.Where(subject => subject != user).ToList();
        if (current.Role != ours.Role)
        {
            left.Add($"{current.Key} stays: it binds to {current.Role}; to remove it: {ServiceText.KubectlDelete(current.Key)}");
            return current;
        }

        if (others.Count == 0)
        {
            _withdrawals.Add(new(ChangeAction.Removed, current, null));
            return null;
        }

        left.Add($"{current.Key} stays: it also binds {ServiceText.Some(others)}");
        if (others.Count < current.Subjects.Count)
        {
            _withdrawals.Add(new(ChangeAction.Updated, current, current with { Subjects = others }));
        }

        return current;
    }

    private void Withdraw(RbacRole current, RbacRole ours, List<ObjectKey> users, List<string> left)
    {
        if (users.Count > 0)
        {
            left.Add($"{current.Key} stays: it is bound by {ServiceText.Some(users)}");
        }
        else if (!current.AllowsSameAs(ours))
        {
            left.Add($"{current.Key} stays: its rules are not those that authmap writes; to remove it: {ServiceText.KubectlDelete(current.Key)}");
        }
        else
        {
            _withdrawals.Add(new(ChangeAction.Removed, current, null));
        }
    }

    private TObject? Current<TObject>(TObject wanted)
        where TObject : RbacObject => cluster.Objects.GetValueOrDefault(wanted.Key) as TObject;
}
