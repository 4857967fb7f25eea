using System.Text.Json;
using AuthMap.Mappings;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes mappings as eksctl prints them; part of the interface.</summary>
/// <remarks>
/// Fields, in this order; those without a value are left out:
/// <list type="bullet">
/// <item><c>rolearn</c>, <c>userarn</c>: the ARN of a role or a user.</item>
/// <item><c>sso</c>: what stands in place of a role's ARN: <c>permissionSetName</c>, <c>accountID</c>, and <c>partition</c> where
/// there is one.</item>
/// <item><c>username</c>, <c>groups</c>: what the principal becomes.</item>
/// <item><c>account</c>: the id of an account, which has no other field.</item>
/// </list>
/// </remarks>
internal static class MappingJson
{
    public static void Write(Utf8JsonWriter json, IEnumerable<Mapping> mappings)
    {
        json.WriteStartArray();
        foreach (var mapping in mappings)
        {
            Write(json, mapping);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, Mapping mapping)
    {
        json.WriteStartObject();
        if (mapping is PrincipalMapping principal)
        {
            WritePrincipal(json, principal);
        }
        else
        {
            json.WriteString("account", mapping.Identity);
        }

        json.WriteEndObject();
    }

    private static void WritePrincipal(Utf8JsonWriter json, PrincipalMapping principal)
    {
        json.WriteUnlessEmpty(principal is RoleMapping ? "rolearn" : "userarn", principal.Arn);
        if (principal is RoleMapping { Sso: { } sso })
        {
            json.WriteStartObject("sso");
            json.WriteString("permissionSetName", sso.PermissionSetName);
            json.WriteString("accountID", sso.AccountId);
            json.WriteUnlessEmpty("partition", sso.Partition);
            json.WriteEndObject();
        }

        json.WriteUnlessEmpty("username", principal.Username);
        if (principal.Groups.Count > 0)
        {
            json.WriteStrings("groups", principal.Groups);
        }
    }
}
