namespace AuthMap.Arns;

/// <summary>The AWS partitions that aws-iam-authenticator knows (its list, compared with case).</summary>
public static class Partitions
{
    private static readonly string[] _all =
        ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All => _all;

    /// <summary>Whether the authenticator accepts a caller from this partition.</summary>
    /// <param name="partition">The partition, as an ARN spells it.</param>
    public static bool IsKnown(ReadOnlySpan<char> partition)
    {
        foreach (var known in _all)
        {
            if (partition.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
