using AuthMap.Cluster.Aws;

namespace AuthMap.Cluster.Eks;

/// <summary>Which cluster is meant, and who asks for it.</summary>
/// <param name="Name">The cluster's name.</param>
/// <param name="Session">The caller, and the region.</param>
internal sealed record EksSubject(string Name, AwsSession Session)
{
    /// <summary>What messages call it.</summary>
    public string Target => $"{Name} ({Session.Region})";

    /// <summary>The options that name it to anybody, whatever their environment.</summary>
    public string Options => $"--cluster {Name} --region {Session.Region}";

    /// <summary>What was tried, as a line under a message.</summary>
    public string Tried => $"tried with {Session.Tried}";

    /// <summary>The caller's ARN; null when STS does not tell it in time.</summary>
    public async ValueTask<string?> CallerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Session.CallerArnAsync(cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or AuthMapException)
        {
            // It is asked for the message of a failure, which is what has to arrive.
            return null;
        }
    }
}
