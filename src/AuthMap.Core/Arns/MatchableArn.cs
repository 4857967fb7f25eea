namespace AuthMap.Arns;

/// <summary>Which ARNs, standing in an entry of aws-auth, can equal what aws-iam-authenticator makes of some caller.</summary>
public static class MatchableArn
{
    /// <summary>Says why no caller can ever match an entry's ARN.</summary>
    /// <param name="arn">The ARN as the entry writes it; case does not matter.</param>
    /// <returns>The end of a sentence that begins with the ARN; null when a caller can match.</returns>
    public static string? WhyNot(string arn)
    {
        if (!Arn.TryParse(Arn.LookupKey(arn), out var parts, out _))
        {
            return "is not an ARN";
        }

        if (!Partitions.IsKnown(parts.Partition))
        {
            return $"has the unknown partition \"{parts.Partition}\"";
        }

        var slash = parts.Resource.IndexOf('/');
        var (type, name) = slash < 0 ? (parts.Resource, "") : (parts.Resource[..slash], parts.Resource[(slash + 1)..]);
        if (OtherThing(parts.Service, type) is { } other)
        {
            return other;
        }

        if (parts.Region.Length > 0)
        {
            return "has a region, which a caller's ARN never has";
        }

        if (!AccountId.IsValid(parts.Account))
        {
            return $"has no account id of {AccountId.Length} digits";
        }

        return type switch
        {
            "root" => null,
            "role" when name.Contains('/') => "has a path, which a caller's ARN never shows",
            "federated-user" => IamName.Check("user", name),
            _ => IamName.Check(type, name),
        };
    }

    /// <summary>The lookup key of the role that an entry was probably meant for, when it names a role in a form that never matches.</summary>
    /// <param name="key">The lookup key of the entry's ARN.</param>
    internal static string? MeantKey(string key)
    {
        // A path or a session takes a second slash.
        if (key.AsSpan().Count('/') < 2
            || !CanonicalArn.TryParse(key, out var canonical, out _)
            || canonical.Type is not (PrincipalType.Role or PrincipalType.AssumedRole))
        {
            return null;
        }

        var meant = CanonicalArn.StripPath(canonical.Text);
        return meant == key ? null : meant;
    }

    private static string? OtherThing(string service, string type) => (service, type) switch
    {
        ("iam", "role" or "user" or "root") or ("sts", "federated-user") => null,
        ("sts", "assumed-role") => "is a session of a role; entries are compared with the role itself",
        ("iam", "group") => "is an IAM group, and callers are users and roles",
        ("iam", "instance-profile") => "is an instance profile, and callers are users and roles",
        _ => "is neither a role nor a user",
    };
}
