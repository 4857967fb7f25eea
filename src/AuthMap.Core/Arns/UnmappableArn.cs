namespace AuthMap.Arns;

/// <summary>Things with an ARN that are no callers, or should not be mapped, and what to map instead.</summary>
internal static class UnmappableArn
{
    /// <summary>Explains an ARN that is neither a role, nor a role's session, nor a user; null for those.</summary>
    public static Failure? Explain(string text, Arn arn)
    {
        var slash = arn.Resource.IndexOf('/');
        var (type, name) = slash < 0 ? (arn.Resource, "") : (arn.Resource[..slash], arn.Resource[(slash + 1)..]);
        var role = $"arn:{arn.Partition}:iam::{arn.Account}:role/";
        return (arn.Service, type) switch
        {
            ("iam", "role" or "user") or ("sts", "assumed-role") => null,
            ("iam", "root") => Fail(
                "is the account's root user, which should not be used for work",
                $"map a role or a user; for everybody in the account, without groups: --account {arn.Account}"),
            ("iam", "group") => Fail("is an IAM group; groups never call", "map the role that its members assume, or each of its users"),
            ("iam", "instance-profile") => Fail(
                "is an instance profile; an instance calls as the role in it",
                $"that role is shown by: aws iam get-instance-profile --instance-profile-name {name[(name.LastIndexOf('/') + 1)..]}"),
            ("sts", "federated-user") => Fail(
                "is a federated user's session", "map the IAM user that asked for it, or let the person assume a role and map that"),
            ("iam", "saml-provider" or "oidc-provider") => Fail(
                "is an identity provider; its people call as the role that they assume", $"map that role: {role}NAME"),
            ("iam", "policy") => Fail("is a policy; it calls nothing", "map the role or user that it is attached to"),
            ("sts", "role" or "user") => Fail(
                $"is in sts, where no {type} is", $"did you mean arn:{arn.Partition}:iam::{arn.Account}:{arn.Resource}"),
            ("iam", "assumed-role") => Fail(
                "is in iam, where no session is", $"map the role: {role}{name.Split('/')[0]}"),
            ("iam" or "sts", _) when Similar(type) is { } meant => Fail(
                $"has the unknown resource type \"{type}\"",
                $"did you mean {text[..^arn.Resource.Length]}{meant}{Rest(arn.Resource, type, meant)}"),
            ("iam" or "sts", _) => Fail(
                $"has the unknown resource type \"{type}\"", "roles (role/NAME) and users (user/NAME) can be mapped"),
            ("eks", "cluster") => Fail("is the cluster itself", $"name it with --cluster {name} and give --arn a role or a user"),
            _ when arn.Service.ToLowerInvariant() is "iam" or "sts" => Fail(
                $"has the service \"{arn.Service}\"", $"did you mean \"{arn.Service.ToLowerInvariant()}\""),
            _ => Fail(
                $"is a thing of {(arn.Service.Length == 0 ? "no service" : arn.Service)}, not an identity",
                $"map the role that it runs as: {role}NAME"),
        };

        Failure Fail(string what, string hint) => new(FailureKind.Usage, $"{text} {what}", hint);
    }

    private static string? Similar(string type)
    {
        var word = type.Split(':')[0];
        return Closest.To(word, ["role", "user", "assumed-role"]);
    }

    // What follows the resource type: role:NAME was meant as role/NAME.
    private static string Rest(string resource, string type, string meant) =>
        type.Contains(':') ? "/" + resource[(resource.IndexOf(':') + 1)..]
        : resource.Length > type.Length ? resource[type.Length..]
        : $"/{meant.ToUpperInvariant()}";
}
