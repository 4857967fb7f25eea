using Amazon.EKS;
using Amazon.EKS.Model;
using Amazon.Runtime;
using AuthMap.Cluster.Eks.Cache;

namespace AuthMap.Cluster.Eks;

/// <summary>A cluster's description, and whether it may be out of date.</summary>
internal sealed record FoundCluster(ClusterDescription Description, bool IsCached);

/// <summary>Finds out how to reach a cluster: from the user's cache, else from the EKS API.</summary>
/// <param name="subject">The cluster.</param>
/// <param name="cache">The cache; null to do without.</param>
/// <param name="clock">Time.</param>
internal sealed class ClusterFinder(EksSubject subject, ClusterCache? cache, TimeProvider clock)
{
    private CacheKey? _key;

    /// <summary>The description, from the cache if there is a fresh one.</summary>
    /// <exception cref="AuthMapException">There is no such cluster, it cannot be entered, or EKS does not say.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the inner exception says what was waited for.</exception>
    public async Task<FoundCluster> FindAsync(CancellationToken cancellationToken)
    {
        using var client = subject.Session.CreateEksClient();
        if (cache is not null)
        {
            _key = new(EksFailure.Address(client), subject.Session.Region, subject.Name, await subject.Session.IdentityAsync(cancellationToken));
            if (cache.Read(_key) is { } known)
            {
                return new(known, IsCached: true);
            }
        }

        return new(await AskAsync(client, cancellationToken), IsCached: false);
    }

    /// <summary>The description as EKS gives it now; what the cache had is dropped.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public async Task<ClusterDescription> AskAgainAsync(CancellationToken cancellationToken)
    {
        Forget();
        using var client = subject.Session.CreateEksClient();
        return await AskAsync(client, cancellationToken);
    }

    /// <summary>Drops what the cache has.</summary>
    public void Forget()
    {
        if (_key is not null)
        {
            cache!.Remove(_key);
        }
    }

    private async Task<ClusterDescription> AskAsync(AmazonEKSClient client, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.DescribeClusterAsync(new DescribeClusterRequest { Name = subject.Name }, cancellationToken);
            var description = ClusterDescription.Of(answer.Cluster ?? new(), subject);
            if (_key is not null)
            {
                cache!.Write(_key, description);
            }

            return description;
        }
        catch (ResourceNotFoundException e)
        {
            var names = await NamesAsync(client, cancellationToken);
            throw new AuthMapException(NotFound(names), e);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException or TimeoutException)
        {
            throw await EksFailure.OfAsync(e, client, subject, cancellationToken);
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(
                e.Message, new AuthMapException(EksFailure.NoAnswer(client, subject), e), cancellationToken);
        }
    }

    private Failure NotFound(IReadOnlyList<string>? names) => new(
        FailureKind.NotFound,
        $"no EKS cluster \"{subject.Name}\" in {subject.Session.Region}",
        [subject.Tried],
        names is null ? "is it in this region? others: --region" : $"{ClusterNames.Hint(subject.Name, names)}; other regions: --region");

    // Only for the hint, so it may fail, and takes a moment at most.
    private async Task<IReadOnlyList<string>?> NamesAsync(AmazonEKSClient client, CancellationToken cancellationToken)
    {
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(3), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(moment.Token, cancellationToken);
        var names = new List<string>();
        try
        {
            for (string? page = null; ;)
            {
                var answer = await client.ListClustersAsync(new ListClustersRequest { NextToken = page }, either.Token);
                names.AddRange(answer.Clusters ?? []);
                page = answer.NextToken;
                if (string.IsNullOrEmpty(page))
                {
                    return names;
                }
            }
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException or OperationCanceledException)
        {
            return names.Count > 0 ? names : null;
        }
    }
}
