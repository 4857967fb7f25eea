using AuthMap.Documents;

namespace AuthMap.Core.Tests.Linting;

/// <summary>A map that a rule finds something in, and one that is nearly the same in which it does not.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Place">Where it is found: key, line and column.</param>
/// <param name="Bad">The map with the mistake: the text of a key, which its first line names.</param>
/// <param name="Good">The map without.</param>
public sealed record RuleCase(string Rule, string Place, string Bad, string Good);

/// <summary>Maps for every rule.</summary>
internal static class RuleCases
{
    public const string Nodes = """
        - rolearn: arn:aws:iam::111122223333:role/node
          username: system:node:{{EC2PrivateDNSName}}
          groups:
          - system:bootstrappers
          - system:nodes

        """;

    private const string Role = "- rolearn: arn:aws:iam::111122223333:role/dev\n  username: dev\n  groups: [view]\n";
    private const string User = "- userarn: arn:aws:iam::111122223333:user/ann\n  username: ann\n  groups: [view]\n";

    public static readonly IReadOnlyList<RuleCase> All =
    [
        new("AM001", "mapRoles:2:16", Roles("- rolearn: x\n  username: dev: user\n"), Roles(Role)),
        new("AM002", "mapRoles:1:1", Roles("rolearn: x\n"), Roles("[]\n")),
        new("AM003", "mapRoles:1:12", Roles(Arn("role/team/ops")), Users(Arn("user/team/ops"))),
        new("AM004", "mapRoles:1:12", Roles("- rolearn: arn:aws:sts::111122223333:assumed-role/ops/bob\n"), Roles(Arn("role/ops"))),
        new("AM005", "mapRoles:1:12", Roles(Arn("instance-profile/ops")), Roles(Arn("role/ops"))),
        new("AM005", "mapUsers:1:12", Users(Arn("group/ops")), Users(Arn("user/ops"))),
        new("AM006", "mapRoles:1:12", Roles("- rolearn: ops\n"), Roles(Arn("role/ops"))),
        new("AM006", "mapRoles:1:12", Roles("- rolearn: arn:aws:iam:eu-west-1:111122223333:role/ops\n"), Roles("- rolearn: ARN:aws:IAM::111122223333:role/ops\n")),
        new("AM006", "mapRoles:1:12", Roles(Arn("role/ops/")), Roles(Arn("role/ops"))),
        new("AM006", "mapRoles:1:12", Roles("- rolearn: arn:aws:iam::1111:role/ops\n"), Roles(Arn("role/ops"))),
        new("AM007", "mapRoles:1:12", Roles("- rolearn: arn:aws:iam::<ACCOUNT>:role/ops\n"), Roles(Arn("role/ACCOUNT"))),
        new("AM007", "mapRoles:1:12", Roles("- rolearn: arn:aws:iam::ACCOUNT_ID:role/ops\n"), Roles(Arn("role/ops"))),
        new("AM008", "mapRoles:1:12", Roles(Arn("role/ops*")), Roles(Arn("role/ops"))),
        new("AM009", "mapRoles:1:12", Roles("- rolearn: 'arn:aws:iam::111122223333:role/ops '\n"), Roles(Arn("role/ops   "))),
        new("AM009", "mapRoles:1:12", Roles(Arn("role/ops\u200B")), Roles(Arn("role/o-ps"))),
        new("AM010", "mapRoles:1:12", Roles("- rolearn: arn:aws-nope:iam::111122223333:role/ops\n"), Roles(Arn("role/ops"))),
        new("AM011", "mapRoles:4:12", Roles(Role + "- rolearn: arn:aws-cn:iam::111122223333:role/ops\n"), Roles(Role + Arn("role/ops"))),
        new("AM012", "mapRoles:1:12", Roles(Arn("user/ann")), Users(Arn("user/ann"))),
        new("AM012", "mapUsers:1:12", Users(Arn("role/ops")), Roles(Arn("role/ops"))),
        new("AM013", "mapUsers:1:12", Users("- userarn: arn:aws:iam::111122223333:root\n"), Users(Arn("user/root"))),
        new("AM014", "mapRoles:1:12", Roles(Role + Role), Roles(Role + Role.Replace("dev", "ops", StringComparison.Ordinal))),
        new("AM014", "mapRoles:1:12", Roles(Role + "- rolearn: ARN:AWS:IAM::111122223333:ROLE/DEV\n"), Roles(Role)),
        new("AM015", "mapUsers:1:12", Users(User + User.Replace("ann", "Ann", StringComparison.Ordinal)), Users(User)),
        new("AM016", "mapRoles:4:3", Roles(Role + "  groups: [edit]\n").Replace("dev\n  groups", "dev\n  userName: x\n  groups", StringComparison.Ordinal), Roles(Role)),
        new("AM017", "mapRoles:2:18", Roles(Arn("role/a") + "  groups: [view, view]\n"), Roles(Arn("role/a") + "  groups: [view, edit]\n")),
        new("AM018", "mapRoles:1:3", Roles(Arn("role/a")), Roles(Arn("role/a") + "  username: a\n")),
        new("AM018", "mapRoles:2:13", Roles(Arn("role/a") + "  username: ~\n"), Roles(Arn("role/a") + "  username: 5\n")),
        new("AM019", "mapRoles:2:13", Roles(Arn("role/a") + "  username: 0123\n"), Roles(Arn("role/a") + "  username: '0123'\n")),
        new("AM019", "mapRoles:2:13", Roles(Arn("role/a") + "  username: yes\n"), Roles(Arn("role/a") + "  username: yes-man\n")),
        new("AM020", "mapRoles:2:13", Roles(Arn("role/a") + "  username: |\n    a\n"), Roles(Arn("role/a") + "  username: |-\n    a\n")),
        new("AM020", "mapRoles:2:13", Roles(Arn("role/a") + "  username: ' a'\n"), Roles(Arn("role/a") + "  username:  a\n")),
        new("AM021", "mapRoles:2:13", Roles(Arn("role/a") + "  username: '{{SessionName}}'\n"), Roles(Arn("role/a") + "  username: a-{{SessionName}}\n")),
        new("AM022", "mapRoles:2:13", Roles(Arn("role/a") + "  username: a-{{Session}}\n"), Roles(Arn("role/a") + "  username: a-{{SessionNameRaw}}\n")),
        new("AM022", "mapRoles:2:12", Roles(Arn("role/a") + "  groups: [\"{{ AccountID }}\"]\n"), Roles(Arn("role/a") + "  groups: [\"{{AccountID}}\"]\n")),
        new("AM023", "mapUsers:2:13", Users(Arn("user/a") + "  username: a-{{SessionName}}\n"), Users(Arn("user/a") + "  username: a-{{AccountID}}\n")),
        new("AM023", "mapUsers:2:13", Users(Arn("user/a") + "  username: a-{{EC2PrivateDNSName}}\n"), Users(Arn("role/a") + "  username: a-{{EC2PrivateDNSName}}\n")),
        new("AM024", "mapRoles:2:13", Roles(Arn("role/a") + "  username: {{SessionName}}\n"), Roles(Arn("role/a") + "  username: '{{SessionName}}'\n")),
        new("AM024", "mapRoles:3:5", Roles(Arn("role/a") + "  groups:\n  - {{AccountID}}\n"), Roles(Arn("role/a") + "  groups:\n  - a-{{AccountID}}\n")),
        new("AM025", "mapRoles:2:11", Roles(Arn("role/a") + "  groups: system:masters\n"), Roles(Arn("role/a") + "  groups: [system:masters]\n")),
        new("AM026", "mapRoles:2:12", Roles(Arn("role/a") + "  groups: [007]\n"), Roles(Arn("role/a") + "  groups: ['007']\n")),
        new("AM026", "mapRoles:3:5", Roles(Arn("role/a") + "  groups:\n  - system: masters\n"), Roles(Arn("role/a") + "  groups:\n  - system:masters\n")),
        new("AM027", "mapRoles:1:3", Roles(Arn("role/a")), Roles(Role)),
        new("AM027", "mapRoles:2:11", Roles(Arn("role/a") + "  groups: []\n"), Roles(Arn("role/a") + "  group: [a]\n")),
        new("AM028", "mapRoles:3:5", Roles(Arn("role/a") + "  groups:\n  - system:bootstrappers\n    - system:nodes\n"), Roles(Nodes)),
        new("AM028", "mapRoles:2:12", Roles(Arn("role/a") + "  groups: [~]\n"), Roles(Arn("role/a") + "  groups: [5]\n")),
        new("AM029", "mapRoles:2:18", Roles(Arn("role/a") + "  groups: [view, system:masters]\n"), Roles(Arn("role/admin") + "  groups: [view, system:masters]\n")),
        new("AM030", "mapRoles:6:5", Roles(Nodes + "  - view\n"), Roles(Nodes + "  - system:node-proxier\n")),
        new("AM031", "mapRoles:2:13", Roles(Arn("role/a") + "  username: a\n  groups: [system:nodes]\n"), Roles(Nodes)),
        new("AM032", "mapRoles:3:11", Roles(Arn("role/a") + "  username: system:node:{{SessionName}}\n  groups: [system:nodes]\n"), Roles(Nodes)),
        new("AM033", "mapRoles:2:13", Roles(Nodes + "  - system:node-proxier\n"), Roles(Nodes.Replace("EC2PrivateDNSName", "SessionName", StringComparison.Ordinal) + "  - system:node-proxier\n")),
        new("AM034", "mapRoles:1:3", Roles("- role_arn: arn:aws:iam::111122223333:role/a\n"), Roles("- roleARN: arn:aws:iam::111122223333:role/a\n")),
        new("AM034", "mapRoles:2:3", Roles(Arn("role/a") + "  usrename: a\n"), Roles(Arn("role/a") + "  USERNAME: a\n")),
        new("AM034", "mapRoles:2:3", Roles(Arn("role/a") + "  group: [a]\n"), Roles(Arn("role/a") + "  groups: [a]\n")),
        new("AM034", "mapRoles:1:3", Roles("- userarn: arn:aws:iam::111122223333:user/a\n"), Users("- userarn: arn:aws:iam::111122223333:user/a\n")),
        new("AM035", "mapRoles:2:3", Roles(Arn("role/a") + "  description: a\n"), Roles(Arn("role/a") + "  userid: a\n")),
        new("AM036", "mapRoles:1:3", Roles("- roleARN: arn:aws:iam::111122223333:role/a\n"), Roles(Role)),
        new("AM037", "mapRoles:2:11", Roles(Arn("role/a") + "  userid: 5\n"), Roles(Arn("role/a") + "  userid: '5'\n")),
        new("AM038", "mapRoles:1:3", Roles("- username: a\n"), Roles(Role)),
        new("AM038", "mapRoles:1:3", Roles("- [a]\n"), Roles("# - [a]\n")),
        new("AM039", "mapRoles:1:8", Roles("- sso: {permissionSetName: A, accountID: '111122223333'}\n"), Roles(Role)),
        new("AM040", "mapRoles:1:8", Roles("- sso: {permissionSetName: A, accountID: '111122223333', partition: aws}\n"), Roles("- sso: {permissionSetName: A, accountID: '111122223333'}\n")),
        new("AM041", "maproles:1:1", "maproles\n" + Role, Roles(Role)),
        new("AM041", "mapRole:1:1", "mapRole\n" + Role, Roles(Role)),
        new("AM042", "extra:1:1", "extra\nx\n", Roles(Role)),
        new("AM043", "mapRoles:4:1", Roles(Role + "---\n" + Role), Roles("---\n" + Role + "---\n# nothing\n")),
        new("AM043", "mapRoles:4:1", Roles(Role + "...\n- [\n"), Roles(Role + "...\n")),
        new("AM043", "mapRoles:2:1", Roles("---\n---\n" + Role), Roles("# a\n---\n" + Role)),
        new("AM043", "mapRoles:5:1", Roles(Arn("role/a") + "  username: |+\n    a\n\n---\n- b\n"), Roles(Arn("role/a") + "  username: |+\n    a\n    ---\n")),
        new("AM044", "mapAccounts:1:3", Accounts("- '1111'\n"), Accounts("- '111122223333'\n")),
        new("AM044", "mapAccounts:1:3", Accounts("- '*'\n"), Accounts("- 012345678901\n")),
        new("AM045", "mapAccounts:1:3", Accounts("- default: 111122223333\n"), Accounts("- '111122223333'\n")),
        new("AM046", "mapAccounts:1:3", Accounts("- 012345670123\n"), Accounts("- '012345670123'\n")),
        new("AM047", "mapAccounts:2:3", Accounts("- '111122223333'\n- \"111122223333\"\n"), Accounts("- '111122223333'\n- '444455556666'\n")),
        new("AM048", "mapAccounts:1:3", Accounts("- '111122223333'\n"), Accounts("- 'x'\n")),
        new("AM049", "mapRoles:1:1", Roles(Role), Roles(Nodes)),
        new("AM049", "mapRoles:1:1", Users(User), Roles(Nodes)),
        new("AM050", "mapRoles:5:13", Roles(Role + Arn("role/ops") + "  username: dev\n"), Roles(Role + Arn("role/ops") + "  username: dev-{{SessionName}}\n")),
        new("AM051", "mapRoles:1:1", Roles(Role + "#" + new string('x', 1_000_000)), Roles(Role + "#" + new string('x', 900_000))),
        new("AM052", "mapRoles:1:1", Roles("# authmap:ignore\n" + Role), Roles("# authmap:ignored\n" + Role)),
        new("AM052", "mapRoles:1:1", Roles("# authmap:ignore AM999 why\n" + Role), Roles("# authmap: ignore AM999\n" + Role)),
        new("AM053", "mapRoles:2:17", Roles(Role.Replace("dev\n  groups", "dev # authmap:ignore AM003 why\n  groups", StringComparison.Ordinal)), Roles(Arn("role/a/b # authmap:ignore AM003 why"))),
    ];

    public static AwsAuthDocument Document(string map)
    {
        var end = map.IndexOf('\n');
        return AwsAuthDocument.Parse(new Dictionary<string, string> { [map[..end]] = map[(end + 1)..] });
    }

    private static string Roles(string text) => "mapRoles\n" + text;

    private static string Users(string text) => "mapUsers\n" + text.Replace("rolearn", "userarn", StringComparison.Ordinal);

    private static string Accounts(string text) => "mapAccounts\n" + text;

    private static string Arn(string resource) => $"- rolearn: arn:aws:iam::111122223333:{resource}\n";
}
