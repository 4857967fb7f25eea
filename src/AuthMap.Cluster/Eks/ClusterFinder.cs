using Amazon.EKS;
using Amazon.EKS.Model;
using AuthMap.Cluster.Aws;
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
        // Also without a cache: what is wrong with the credentials comes to light here, and not as a fault of EKS.
        var identity = await IdentityAsync(cancellationToken);
        if (cache is not null)
        {
            _key = new(subject.Session.EksEndpoint, subject.Session.Region, subject.Name, identity);
            if (cache.Read(_key) is { } known)
            {
                return new(known, IsCached: true);
            }
        }

        return new(await AskAsync(cancellationToken), IsCached: false);
    }

    /// <summary>The description as EKS gives it now; what the cache had is dropped.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<ClusterDescription> AskAgainAsync(CancellationToken cancellationToken)
    {
        Forget();
        return AskAsync(cancellationToken);
    }

    /// <summary>Drops what the cache has.</summary>
    public void Forget()
    {
        if (_key is not null)
        {
            cache!.Remove(_key);
        }
    }

    private async Task<string> IdentityAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await subject.Session.IdentityAsync(cancellationToken);
        }
        catch (OperationCanceledException e)
        {
            var failure = new Failure(
                FailureKind.Unreachable,
                $"no AWS credentials came in time ({subject.Session.Tried})",
                "try them alone: aws sts get-caller-identity; allow more time with --timeout");
            throw new OperationCanceledException(e.Message, new AuthMapException(failure, e), cancellationToken);
        }
    }

    private async Task<ClusterDescription> AskAsync(CancellationToken cancellationToken)
    {
        using var client = subject.Session.CreateEksClient();
        try
        {
            var answer = await client.DescribeClusterAsync(new DescribeClusterRequest { Name = subject.Name }, cancellationToken);
            var description = ClusterDescription.Of(answer.Cluster ?? new(), subject);

            // That the clock is wrong is learnt by asking, and a token needs the right time: then every run has to ask.
            if (_key is not null && !subject.Session.IsClockWrong)
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
        catch (AccessDeniedException e)
        {
            throw new AuthMapException(await DeniedAsync(e, cancellationToken), e);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, new AuthMapException(NoAnswer(), e), cancellationToken);
        }
        catch (Exception e) when (AwsFailure.IsExpected(e))
        {
            throw AwsFailure.Of(e, $"describe the EKS cluster {subject.Name}", subject.Session.Tried);
        }
    }

    private async ValueTask<Failure> DeniedAsync(AccessDeniedException e, CancellationToken cancellationToken)
    {
        // AWS mostly says itself who is not allowed.
        string[] you = !e.Message.Contains("arn:", StringComparison.Ordinal) && await subject.CallerAsync(cancellationToken) is { } caller
            ? [$"you are {caller}"]
            : [];
        return new(
            FailureKind.Unauthorized,
            $"you may not describe the EKS cluster {subject.Name} ({subject.Session.Tried})",
            [e.Message.ReplaceLineEndings(" "), .. you],
            $"it takes {AwsFailure.MissingAction(e.Message) ?? "eks:DescribeCluster"} on the cluster {subject.Name}");
    }

    private Failure NoAnswer() => new(
        FailureKind.Unreachable,
        $"no answer from the EKS API at {subject.Session.EksEndpoint.Authority} ({subject.Session.Tried})",
        "may you reach it from here (proxy, firewall, VPC endpoint)? allow more time with --timeout");

    private Failure NotFound(IReadOnlyList<string>? names) => new(
        FailureKind.NotFound,
        $"no EKS cluster \"{subject.Name}\" in {subject.Session.Region} ({subject.Session.Origin})",
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
                names.AddRange((answer.Clusters ?? []).Except(names));

                // Whoever gives the same token twice would do so for ever.
                if (string.IsNullOrEmpty(answer.NextToken) || answer.NextToken == page)
                {
                    return names;
                }

                page = answer.NextToken;
            }
        }
        catch (Exception e) when (e is OperationCanceledException || AwsFailure.IsExpected(e))
        {
            return names.Count > 0 ? names : null;
        }
    }
}
