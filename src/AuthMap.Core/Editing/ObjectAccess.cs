using AuthMap.Arns;
using AuthMap.Planning;
using AuthMap.Rbac;
using AuthMap.Services;

namespace AuthMap.Editing;

/// <summary>Reads and writes what wishes about services need beside the map; asks nothing when there are none.</summary>
internal sealed class ObjectAccess(StoreAccess store, IReadOnlyList<Edit> edits)
{
    private readonly IReadOnlyList<ServiceEdit> _wishes = [.. edits.OfType<ServiceEdit>().Distinct()];

    private IObjectStore Objects => store.Objects ?? throw NoCluster();

    /// <summary>Checks that the place can meet the wishes, before anything is asked.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: it is no cluster, or not known by its ARN.</exception>
    public void Check()
    {
        if (_wishes.Count > 0 && !store.HasObjects)
        {
            throw NoCluster();
        }
    }

    /// <summary>Reads the objects that the wishes are about; null when there are no such wishes.</summary>
    public async Task<ClusterState?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_wishes.Count == 0)
        {
            return null;
        }

        var cluster = ClusterArn.Find(Objects.ClusterArn)
            ?? throw new AuthMapException(FailureKind.Failed, $"{store.Target}: \"{Objects.ClusterArn}\" is not the ARN of an EKS cluster");
        Dictionary<ObjectKey, RbacObject> found = [];
        List<string> missing = [];
        foreach (var wish in _wishes)
        {
            var service = ServiceCatalog.Find(wish.Service);
            ObjectKey[] keys = [service.RoleIn(wish.Namespace).Key, service.BindingIn(wish.Namespace).Key];
            foreach (var key in keys)
            {
                if (await store.AskAsync(token => Objects.ReadAsync(key, token), cancellationToken).ConfigureAwait(false) is { } current)
                {
                    found[key] = current;
                }
            }

            // Where one of them is, there is a namespace; where the caller may not know, the first write will tell.
            if (wish is UpsertService && !keys.Any(found.ContainsKey)
                && await store.AskAsync(token => Objects.HasNamespaceAsync(wish.Namespace, token), cancellationToken).ConfigureAwait(false) == false)
            {
                missing.Add(wish.Namespace);
            }
        }

        return new(cluster)
        {
            Objects = found,
            MissingNamespaces = missing,
            Bindings = _wishes.Any(wish => wish is RemoveService)
                ? await store.AskAsync(Objects.ListBindingsAsync, cancellationToken).ConfigureAwait(false)
                : null,
        };
    }

    /// <summary>Makes changes, one after another.</summary>
    /// <returns>False when one of them met another writer, or its answer was lost: what is there now has to be read again. Writing
    /// the same again does no harm.</returns>
    public async Task<bool> WriteAsync(IEnumerable<ObjectChange> changes, Progress progress, CancellationToken cancellationToken)
    {
        foreach (var change in changes.Where(change => change.Action != ChangeAction.Unchanged))
        {
            var result = await store.WriteAsync(token => Objects.WriteAsync(change, token), cancellationToken).ConfigureAwait(false);
            if (result is Written or Unsettled)
            {
                progress.Add(change, isCertain: result is Written);
            }

            if (result is not Written)
            {
                await store.WaitAsync(cancellationToken).ConfigureAwait(false);
                return false;
            }
        }

        return true;
    }

    private AuthMapException NoCluster() => new(
        FailureKind.Usage,
        $"{store.Target}: a service mapping needs an EKS cluster that is known by its ARN, which gives the account of the service's role",
        "name it with --cluster, or use a context whose cluster is named by its ARN, as aws eks update-kubeconfig writes it");
}
