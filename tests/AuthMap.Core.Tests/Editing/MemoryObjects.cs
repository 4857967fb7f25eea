using AuthMap.Editing;
using AuthMap.Planning;
using AuthMap.Rbac;

namespace AuthMap.Core.Tests.Editing;

/// <summary>Roles and RoleBindings in memory, with versions; what goes wrong is said beforehand.</summary>
internal sealed class MemoryObjects : IObjectStore
{
    private readonly Queue<Fault?> _faults = [];
    private int _version = 1000;

    public string ClusterArn { get; init; } = "arn:aws:eks:eu-west-1:111122223333:cluster/dev";

    public Dictionary<ObjectKey, RbacObject> Objects { get; } = [];

    /// <summary>Null: the caller may not see namespaces.</summary>
    public HashSet<string>? Namespaces { get; set; } = ["spark", "other"];

    public bool MayList { get; set; } = true;

    public List<string> Asked { get; } = [];

    public MemoryObjects With(params RbacObject[] objects)
    {
        Array.ForEach(objects, added => Objects[added.Key] = added with { Version = $"{++_version}" });
        return this;
    }

    public MemoryObjects OnWrite(params Fault?[] faults)
    {
        Array.ForEach(faults, _faults.Enqueue);
        return this;
    }

    public Task<RbacObject?> ReadAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        Asked.Add($"get {key}");
        return Task.FromResult(Objects.GetValueOrDefault(key));
    }

    public Task<bool?> HasNamespaceAsync(string name, CancellationToken cancellationToken)
    {
        Asked.Add($"get namespace {name}");
        return Task.FromResult(Namespaces?.Contains(name));
    }

    public Task<IReadOnlyList<RbacBinding>?> ListBindingsAsync(CancellationToken cancellationToken)
    {
        Asked.Add("list");
        return Task.FromResult<IReadOnlyList<RbacBinding>?>(MayList ? [.. Objects.Values.OfType<RbacBinding>()] : null);
    }

    public Task<WriteResult> WriteAsync(ObjectChange change, CancellationToken cancellationToken)
    {
        Asked.Add($"{change.Action} {change.Key}");
        _faults.TryDequeue(out var fault);
        switch (fault)
        {
            case Fault.Throws(var failure):
                throw new AuthMapException(failure);
            case Fault.Conflict:
                return Task.FromResult<WriteResult>(new Conflicted("the object has been modified"));
            case Fault.LostRequest:
                return Task.FromResult<WriteResult>(new Unsettled(new(FailureKind.Unreachable, "the answer was lost")));
        }

        if (Objects.GetValueOrDefault(change.Key)?.Version != change.Before?.Version)
        {
            return Task.FromResult<WriteResult>(new Conflicted("the object has been modified"));
        }

        if (change.After is null)
        {
            Objects.Remove(change.Key);
        }
        else
        {
            With(change.After);
        }

        return Task.FromResult<WriteResult>(fault is Fault.LostAnswer
            ? new Unsettled(new(FailureKind.Unreachable, "the answer was lost"))
            : new Written(null));
    }
}
