using AuthMap.Arns;
using AuthMap.Mappings;

namespace AuthMap.Resolving;

/// <summary>The role names that an <c>sso</c> entry means, when the authenticator's feature for it is on.</summary>
internal static class SsoPattern
{
    /// <summary>What the lookup key of a caller's ARN begins with, to match. The authenticator loses the partition when one is
    /// given, so that such an entry matches nobody (<c>SSOARNMatcher</c>, since v0.6.0).</summary>
    public static string Of(SsoRole sso)
    {
        var partition = sso.Partition.Length == 0 ? "aws" : "";
        return Arn.LookupKey($"arn:{partition}:iam::{sso.AccountId}:role/AWSReservedSSO_{sso.PermissionSetName}_");
    }
}
