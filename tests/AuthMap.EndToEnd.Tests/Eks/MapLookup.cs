using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.EndToEnd;

/// <summary>A Kubernetes user.</summary>
internal sealed record KubernetesUser(string Name, IReadOnlyList<string> Groups);

/// <summary>
/// Looks a caller up in aws-auth: roles, then users, then accounts. Which entries there are is Core's answer, which recorded answers
/// of the real authenticator hold; which one counts is written down here a second time.
/// </summary>
internal static partial class MapLookup
{
    public static KubernetesUser? Find(JsonObject? configMap, CallerIdentity caller)
    {
        var data = configMap?["data"]?.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>()) ?? [];
        var map = AwsAuthDocument.Parse(data);
        var entry = Last(map, SectionKey.MapRoles, caller) ?? Last(map, SectionKey.MapUsers, caller);
        if (entry is not null)
        {
            return new(Fill(entry.Username, caller), [.. entry.Groups.Select(group => Fill(group, caller))]);
        }

        var isMapped = map[SectionKey.MapAccounts].Entries.Any(account => account.Mapping.Identity == caller.Account);
        return isMapped ? new(caller.CanonicalArn, []) : null;
    }

    private static PrincipalMapping? Last(AwsAuthDocument map, SectionKey key, CallerIdentity caller) =>
        map[key].Entries.Select(entry => (PrincipalMapping)entry.Mapping)
            .LastOrDefault(mapping => mapping.Arn.Equals(caller.CanonicalArn, StringComparison.OrdinalIgnoreCase));

    private static string Fill(string template, CallerIdentity caller)
    {
        if (template.Contains("{{EC2PrivateDNSName}}", StringComparison.Ordinal) && !InstanceId().IsMatch(caller.SessionName))
        {
            throw new TokenRefusedException($"{caller.SessionName} is not an instance id");
        }

        return template
            .Replace("{{EC2PrivateDNSName}}", $"{caller.SessionName}.ec2.internal", StringComparison.Ordinal)
            .Replace("{{AccountID}}", caller.Account, StringComparison.Ordinal)
            .Replace("{{SessionName}}", caller.SessionName.Replace('@', '-'), StringComparison.Ordinal)
            .Replace("{{SessionNameRaw}}", caller.SessionName, StringComparison.Ordinal)
            .Replace("{{AccessKeyID}}", caller.AccessKeyId, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^i-(\w{8}|\w{17})$")]
    private static partial Regex InstanceId();
}
