using System.Text.Json.Serialization;
using AuthMap.Resolving;

namespace AuthMap.Cli.Rendering;

/// <summary>An answer to <c>whoami</c> as programs read it; part of the interface.</summary>
/// <param name="Map">What the map says of the caller; null when it is not known to AWS.</param>
/// <param name="Server">What the server says; null when it says nothing.</param>
/// <param name="Agrees">Whether both say the same; null when one of them says nothing.</param>
internal sealed record WhoAmIShape(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ResolutionShape? Map,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ServerShape? Server,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool? Agrees)
{
    public static WhoAmIShape Of(WhoAmIAnswer answer) => new(
        answer.Resolve is null ? null : ResolutionShape.Of(answer.Resolve),
        answer.Review is null ? null : ServerShape.Of(answer.Review),
        answer.Agrees);
}

/// <summary>As whom a server let the caller in.</summary>
internal sealed record ServerShape(string Username, IReadOnlyList<string> Groups, string? Arn)
{
    public static ServerShape Of(SelfReview review) => new(review.Username, review.Groups, review.Arn);
}
