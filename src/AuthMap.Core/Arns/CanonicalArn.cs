using System.Diagnostics.CodeAnalysis;

namespace AuthMap.Arns;

/// <summary>What kind of caller an ARN names.</summary>
public enum PrincipalType
{
    /// <summary>An IAM user.</summary>
    User,

    /// <summary>An IAM role.</summary>
    Role,

    /// <summary>An account's root user.</summary>
    Root,

    /// <summary>A session of a role, as STS names it.</summary>
    AssumedRole,

    /// <summary>A federated user's session, as STS names it.</summary>
    FederatedUser,
}

/// <summary>
/// What aws-iam-authenticator makes of a caller's ARN (<c>pkg/arn</c>): a role's session becomes the role, everything else stays.
/// Entries of aws-auth are not treated so; they are compared with the result as they are.
/// </summary>
/// <param name="Type">What kind of caller it names.</param>
/// <param name="Text">The ARN that entries are compared with.</param>
public sealed record CanonicalArn(PrincipalType Type, string Text)
{
    /// <summary>The text in the form that decides equality.</summary>
    public string LookupKey => Arn.LookupKey(Text);

    /// <summary>Canonicalises an ARN exactly as the authenticator does: it checks neither region, account nor name.</summary>
    /// <param name="text">The ARN, as STS returns it.</param>
    /// <param name="canonical">The result.</param>
    /// <param name="reason">Why the caller is turned away, as the end of a sentence that begins with the ARN.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out CanonicalArn? canonical, [NotNullWhen(false)] out string? reason)
    {
        canonical = null;
        if (!Arn.TryParse(text, out var arn, out reason))
        {
            return false;
        }

        if (!Partitions.IsKnown(arn.Partition))
        {
            reason = $"has the unknown partition \"{arn.Partition}\"";
            return false;
        }

        var segments = arn.Resource.Split('/');
        (canonical, reason) = (arn.Service, segments[0]) switch
        {
            ("sts", "assumed-role") when segments.Length < 3 => (null, "is an assumed role without a session name"),
            ("sts", "assumed-role") => (new(PrincipalType.AssumedRole, Role(arn, string.Join('/', segments[1..^1]))), null),
            ("sts", "federated-user") => (new(PrincipalType.FederatedUser, text), null),
            ("iam", "role") => (new(PrincipalType.Role, text), null),
            ("iam", "user") => (new(PrincipalType.User, text), null),
            ("iam", "root") => (new(PrincipalType.Root, text), null),
            ("sts" or "iam", _) => (null, $"names no identity: \"{arn.Resource}\" is unknown in {arn.Service}"),
            _ => ((CanonicalArn?)null, $"names no identity: those are in iam and sts, not in \"{arn.Service}\""),
        };
        return canonical is not null;
    }

    /// <summary>Takes the path out of a role's ARN; what is not a role's ARN stays as it is.</summary>
    /// <param name="arn">The ARN.</param>
    public static string StripPath(string arn)
    {
        const string Role = "role/";
        return Arn.TryParse(arn, out var parts, out _)
            && parts.Service == "iam"
            && parts.Resource.StartsWith(Role, StringComparison.Ordinal)
            ? (parts with { Resource = Role + parts.Resource[(parts.Resource.LastIndexOf('/') + 1)..] }).ToString()
            : arn;
    }

    private static string Role(Arn arn, string name) => $"arn:{arn.Partition}:iam::{arn.Account}:role/{name}";
}
