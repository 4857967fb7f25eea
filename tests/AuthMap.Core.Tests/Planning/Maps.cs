using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Planning;

/// <summary>Maps and wishes of the tests.</summary>
internal static class Maps
{
    public const string Node = "arn:aws:iam::111122223333:role/node";
    public const string Dev = "arn:aws:iam::111122223333:role/dev";
    public const string Alice = "arn:aws:iam::111122223333:user/alice";

    public const string NodeRow = $$$"""
        - groups:
          - system:bootstrappers
          - system:nodes
          rolearn: {{{Node}}}
          username: system:node:{{EC2PrivateDNSName}}

        """;

    public static AwsAuthDocument Of(string? roles = null, string? users = null, string? accounts = null)
    {
        var data = new Dictionary<string, string>();
        foreach (var (key, text) in SectionKeys.All.Zip([roles, users, accounts]))
        {
            if (text is not null)
            {
                data.Add(key.Name(), text);
            }
        }

        return AwsAuthDocument.Parse(data);
    }

    public static string Role(string arn, string username, params string[] groups) => Row("rolearn", arn, username, groups);

    public static string User(string arn, string username, params string[] groups) => Row("userarn", arn, username, groups);

    public static UpsertPrincipal Create(string arn, string? username = null, GroupList? groups = null) => new(
        arn.Contains(":user/", StringComparison.OrdinalIgnoreCase) ? MappingKind.User : MappingKind.Role,
        arn,
        username,
        groups ?? [],
        MergeGroups: false,
        RemoveGroups: [],
        DuplicatePolicy.Update);

    public static RemoveMappings Delete(
        string? arn = null, string? account = null, string? username = null, string? group = null, bool all = false, bool ignore = false) =>
        new(new(arn, account, username, group), all, ignore);

    public static Failure Refused(AwsAuthDocument document, params Edit[] edits) =>
        Assert.Throws<AuthMapException>(() => Planner.Plan(document, edits)).Failure;

    private static string Row(string field, string arn, string username, string[] groups) =>
        (groups.Length == 0 ? $"- {field}: {arn}\n" : $"- groups:\n{string.Concat(groups.Select(group => $"  - {group}\n"))}  {field}: {arn}\n") +
        (username.Length == 0 ? "" : $"  username: {username}\n");
}
