using AuthMap.Arns;
using AuthMap.Mappings;

namespace AuthMap.Authenticator;

/// <summary>The <c>sso</c> object while it is being decoded, and its rules (<c>pkg/config/mapper.go</c>).</summary>
internal sealed class SsoFields
{
    public string PermissionSetName = "";
    public string AccountId = "";
    public string Partition = "";

    /// <summary>Why the object is invalid; null when it is valid.</summary>
    public string? Validate() => this switch
    {
        _ when !Arns.AccountId.IsValid(AccountId) => "sso.accountID is not 12 digits in quotes",
        _ when PermissionSetName.Length is < 1 or > 32 || !PermissionSetName.All(c => char.IsAsciiLetterOrDigit(c) || "_+=,.@-".Contains(c)) =>
            "sso.permissionSetName is not 1 to 32 of the characters A-Z a-z 0-9 _ + = , . @ -",
        _ when Partition.Length > 0 && !Partitions.IsKnown(Partition) => $"sso.partition '{Partition}' is not a partition",
        _ => null,
    };

    public SsoRole ToRole() => new(PermissionSetName, AccountId, Partition);
}
