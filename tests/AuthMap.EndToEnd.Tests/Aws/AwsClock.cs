namespace AuthMap.EndToEnd;

/// <summary>The time at AWS: the machine's, unless a test sets it apart.</summary>
public sealed class AwsClock : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
}
