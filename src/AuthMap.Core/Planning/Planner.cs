using AuthMap.Documents;

namespace AuthMap.Planning;

/// <summary>Turns wishes into a plan. Pure: the same map and wishes give the same plan.</summary>
public static class Planner
{
    /// <summary>Plans all wishes together.</summary>
    /// <param name="document">The map as it is.</param>
    /// <param name="edits">The wishes.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.NotFound"/>: nothing matches a removal;
    /// <see cref="FailureKind.Refused"/>: several entries match a removal of one, or the text cannot be edited safely;
    /// <see cref="FailureKind.Failed"/>: the ARN is mapped differently and that was to be an error.</exception>
    public static Plan Plan(AwsAuthDocument document, IReadOnlyList<Edit> edits) => throw new NotSupportedException();
}
