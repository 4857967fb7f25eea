using AuthMap.Arns;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>Whom a mapping is about, spelled in one way.</summary>
internal static class MappingIdentity
{
    public static string Of(Mapping mapping) => mapping is RoleMapping { Sso: { } sso } ? $"sso {sso}" : Arn.LookupKey(mapping.Identity);
}
