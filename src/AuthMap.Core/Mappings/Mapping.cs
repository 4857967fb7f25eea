namespace AuthMap.Mappings;

/// <summary>What a mapping maps.</summary>
public enum MappingKind
{
    /// <summary>An IAM role, listed in <c>mapRoles</c>.</summary>
    Role,

    /// <summary>An IAM user, listed in <c>mapUsers</c>.</summary>
    User,

    /// <summary>An AWS account, listed in <c>mapAccounts</c>.</summary>
    Account,
}

/// <summary>One identity mapping, with the values that aws-iam-authenticator takes from it.</summary>
public abstract record Mapping
{
    private protected Mapping()
    {
    }

    /// <summary>What is mapped.</summary>
    public abstract MappingKind Kind { get; }

    /// <summary>The ARN or the account id, as it stands in the list.</summary>
    public abstract string Identity { get; }
}

/// <summary>A mapping of an IAM principal to a Kubernetes user.</summary>
/// <param name="Arn">The ARN as written; empty in an <c>sso</c> entry.</param>
/// <param name="Username">The Kubernetes username, templates included; empty when there is none.</param>
/// <param name="Groups">The Kubernetes groups, templates included.</param>
/// <param name="UserId">The <c>userid</c> field, which the ConfigMap backend parses and does not use.</param>
public abstract record PrincipalMapping(string Arn, string Username, GroupList Groups, string UserId) : Mapping
{
    /// <inheritdoc/>
    public override string Identity => Arn;
}

/// <summary>An entry of <c>mapRoles</c>.</summary>
/// <param name="Arn">The <c>rolearn</c> as written; empty in an <c>sso</c> entry.</param>
/// <param name="Username">The Kubernetes username.</param>
/// <param name="Groups">The Kubernetes groups.</param>
/// <param name="UserId">The <c>userid</c> field.</param>
/// <param name="Sso">The <c>sso</c> object that stands in place of an ARN.</param>
public sealed record RoleMapping(string Arn, string Username, GroupList Groups, string UserId = "", SsoRole? Sso = null)
    : PrincipalMapping(Arn, Username, Groups, UserId)
{
    /// <inheritdoc/>
    public override MappingKind Kind => MappingKind.Role;
}

/// <summary>An entry of <c>mapUsers</c>.</summary>
/// <param name="Arn">The <c>userarn</c> as written.</param>
/// <param name="Username">The Kubernetes username.</param>
/// <param name="Groups">The Kubernetes groups.</param>
/// <param name="UserId">The <c>userid</c> field.</param>
public sealed record UserMapping(string Arn, string Username, GroupList Groups, string UserId = "")
    : PrincipalMapping(Arn, Username, Groups, UserId)
{
    /// <inheritdoc/>
    public override MappingKind Kind => MappingKind.User;
}

/// <summary>An item of <c>mapAccounts</c>: every user and role of that account enters, named by its ARN and without groups.</summary>
/// <param name="AccountId">The item's text; 12 digits when it can match.</param>
public sealed record AccountMapping(string AccountId) : Mapping
{
    /// <inheritdoc/>
    public override MappingKind Kind => MappingKind.Account;

    /// <inheritdoc/>
    public override string Identity => AccountId;
}

/// <summary>The <c>sso</c> object of a role entry; it matches only behind a feature gate that EKS does not turn on.</summary>
/// <param name="PermissionSetName">The permission set's name.</param>
/// <param name="AccountId">The account, 12 digits.</param>
/// <param name="Partition">The partition; empty when not given.</param>
public sealed record SsoRole(string PermissionSetName, string AccountId, string Partition);
