using AuthMap.Mappings;

namespace AuthMap.Arns;

/// <summary>An ARN that a new mapping is written with.</summary>
/// <param name="Kind">The list it belongs to: roles or users.</param>
/// <param name="Arn">The ARN in the form that can match a caller.</param>
/// <param name="Notices">How it differs from what was typed.</param>
public sealed record PrincipalArn(MappingKind Kind, string Arn, IReadOnlyList<Notice> Notices)
{
    /// <summary>Checks a typed ARN and turns it into the form that can match: an assumed role into its role, without the role's path.</summary>
    /// <param name="text">The ARN as typed.</param>
    /// <param name="keepPath">Keep a role's path although it can never match.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: not an ARN that can be mapped; says why and what to use.</exception>
    public static PrincipalArn Parse(string text, bool keepPath) => throw new NotSupportedException();
}
