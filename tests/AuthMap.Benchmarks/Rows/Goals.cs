using AuthMap.Benchmarks.Reports;

namespace AuthMap.Benchmarks.Rows;

/// <summary>All goals, in one place: wall time by peer, and what is absolute.</summary>
internal static class Goals
{
    public static IReadOnlyDictionary<string, Goal> None { get; } = new Dictionary<string, Goal>();

    public static IReadOnlyDictionary<string, Goal> Get { get; } = Times(kubectl: 0.33, awsAuth: 0.9);

    public static IReadOnlyDictionary<string, Goal> Create { get; } = Times(kubectl: 0.38, awsAuth: 1.0);

    public static IReadOnlyDictionary<string, Goal> LargeGet { get; } = Times(kubectl: 0.46, awsAuth: 0.5);

    /// <summary>Of kubectl's <c>get</c>: it cannot be given so large a patch on the command line.</summary>
    public static IReadOnlyDictionary<string, Goal> LargeCreate { get; } = Times(kubectl: 0.66, awsAuth: 0.4);

    /// <summary>Of kubectl's patches one after the other: at once it would lose most of them.</summary>
    public static IReadOnlyDictionary<string, Goal> Crowd { get; } = Times(kubectl: 0.55, awsAuth: 0.6);

    public static Goal Peak { get; } = Goal.AtMost(20 << 20);

    public static Goal LargePeak { get; } = Goal.AtMost(60 << 20);

    /// <summary>15 MB.</summary>
    public static Goal Size { get; } = Goal.AtMost(15_000_000);

    public static Goal GetRequests { get; } = Goal.AtMost(1);

    public static Goal CreateRequests { get; } = Goal.AtMost(2);

    /// <summary>Where the cluster is.</summary>
    public static Goal FirstAwsRequests { get; } = Goal.AtMost(1);

    public static Goal LaterAwsRequests { get; } = Goal.AtMost(0);

    public static Goal Nothing { get; } = Goal.AtMost(0);

    /// <summary>Linear, with room for what a busy machine adds.</summary>
    public static Goal Growth { get; } = Goal.AtMost(1.25);

    private static Dictionary<string, Goal> Times(double kubectl, double awsAuth) => new()
    {
        ["kubectl"] = Goal.Times(kubectl),
        ["aws-auth"] = Goal.Times(awsAuth),
    };
}
