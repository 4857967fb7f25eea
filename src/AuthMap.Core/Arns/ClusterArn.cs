namespace AuthMap.Arns;

/// <summary>The ARN of an EKS cluster: <c>arn:PARTITION:eks:REGION:ACCOUNT:cluster/NAME</c>.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Region">The region.</param>
/// <param name="Account">The account, 12 digits.</param>
/// <param name="Name">The cluster's name.</param>
public sealed record ClusterArn(string Partition, string Region, string Account, string Name)
{
    private const string Resource = "cluster/";

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null when it is not the ARN of a cluster.</returns>
    public static ClusterArn? Find(string text) =>
        Arn.TryParse(text, out var arn, out _)
        && arn is { Service: "eks", Region.Length: > 0 }
        && Partitions.IsKnown(arn.Partition)
        && AccountId.IsValid(arn.Account)
        && arn.Resource.StartsWith(Resource, StringComparison.Ordinal)
        && arn.Resource[Resource.Length..] is { Length: > 0 } name
            ? new(arn.Partition, arn.Region, arn.Account, name)
            : null;

    /// <summary>The ARN as text.</summary>
    public override string ToString() => $"arn:{Partition}:eks:{Region}:{Account}:{Resource}{Name}";
}
