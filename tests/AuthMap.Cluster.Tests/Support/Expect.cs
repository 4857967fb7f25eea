namespace AuthMap.Cluster.Tests.Support;

/// <summary>Assertions on failures.</summary>
internal static class Expect
{
    public static async Task<Failure> FailureAsync(FailureKind kind, Func<Task> action)
    {
        var failure = (await Assert.ThrowsAsync<AuthMapException>(action)).Failure;
        Assert.Equal(kind, failure.Kind);
        return failure;
    }

    public static Failure Failure(FailureKind kind, Action action)
    {
        var failure = Assert.Throws<AuthMapException>(action).Failure;
        Assert.Equal(kind, failure.Kind);
        return failure;
    }
}
