using AuthMap.Editing;
using AuthMap.Planning;
using AuthMap.Rbac;

namespace AuthMap.Cli.Tests.Support;

/// <summary>A cluster's Roles and RoleBindings in memory; each namespace exists.</summary>
internal sealed class FakeObjects : IObjectStore
{
    public string ClusterArn => "arn:aws:eks:eu-west-1:111122223333:cluster/dev";

    public Dictionary<ObjectKey, RbacObject> Objects { get; } = [];

    public bool MayList { get; set; } = true;

    public Task<RbacObject?> ReadAsync(ObjectKey key, CancellationToken cancellationToken) => Task.FromResult(Objects.GetValueOrDefault(key));

    public Task<bool?> HasNamespaceAsync(string name, CancellationToken cancellationToken) => Task.FromResult<bool?>(true);

    public Task<IReadOnlyList<RbacBinding>?> ListBindingsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RbacBinding>?>(MayList ? [.. Objects.Values.OfType<RbacBinding>()] : null);

    public Task<WriteResult> WriteAsync(ObjectChange change, CancellationToken cancellationToken)
    {
        if (change.After is null)
        {
            Objects.Remove(change.Key);
        }
        else
        {
            Objects[change.Key] = change.After;
        }

        return Task.FromResult<WriteResult>(new Written(null));
    }
}
