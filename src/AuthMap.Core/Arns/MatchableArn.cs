namespace AuthMap.Arns;

/// <summary>Which ARNs, standing in an entry of aws-auth, can equal what aws-iam-authenticator makes of some caller.</summary>
public static class MatchableArn
{
    private const string Neither = "is neither a role nor a user";

    /// <summary>Says why no caller can ever match an entry's ARN.</summary>
    /// <param name="arn">The ARN as the entry writes it; case does not matter.</param>
    /// <returns>The end of a sentence that begins with the ARN; null when a caller can match.</returns>
    public static string? WhyNot(string arn)
    {
        // Asked of every entry of a map, so nothing is made of the parts.
        var key = Arn.LookupKey(arn).AsSpan();
        Span<Range> parts = stackalloc Range[Arn.Parts];
        if (!Arn.TrySplit(key, parts))
        {
            return "is not an ARN";
        }

        var partition = key[parts[1]];
        if (!Partitions.IsKnown(partition))
        {
            return $"has the unknown partition \"{partition}\"";
        }

        var resource = key[parts[5]];
        var slash = resource.IndexOf('/');
        var type = slash < 0 ? resource : resource[..slash];
        var name = slash < 0 ? [] : resource[(slash + 1)..];
        if (OtherThing(key[parts[2]], type) is { } other)
        {
            return other;
        }

        if (!key[parts[3]].IsEmpty)
        {
            return "has a region, which a caller's ARN never has";
        }

        if (!AccountId.IsValid(key[parts[4]]))
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

    private static string? OtherThing(ReadOnlySpan<char> service, ReadOnlySpan<char> type) => service switch
    {
        "iam" => type switch
        {
            "role" or "user" or "root" => null,
            "group" => "is an IAM group, and callers are users and roles",
            "instance-profile" => "is an instance profile, and callers are users and roles",
            _ => Neither,
        },
        "sts" => type switch
        {
            "federated-user" => null,
            "assumed-role" => "is a session of a role; entries are compared with the role itself",
            _ => Neither,
        },
        _ => Neither,
    };
}
