using AuthMap.Core.Tests.Planning;
using AuthMap.Documents;
using AuthMap.Guarding;
using AuthMap.Planning;
using AuthMap.Resolving;
using CsCheck;

namespace AuthMap.Core.Tests.Guarding;

/// <summary>What the guard lets pass is asked of the resolver, caller by caller, and not of what the guard itself looks at.</summary>
public sealed class GuardProperties
{
    private const string Account = "111122223333";
    private const string Instance = "i-0123456789abcdef0";
    private const string Admins = "system:masters";

    private static readonly string[] _names = ["n", "a", "b", "c"];
    private static readonly string[] _usernames = ["system:node:{{EC2PrivateDNSName}}", "system:node:x", "admin", "dev", "x{{EC2PrivateDNSName}}", "{{SessionName}}"];
    private static readonly string[][] _groups =
        [["system:bootstrappers", "system:nodes"], ["system:nodes"], [Admins], [Admins, "view"], ["view"], []];

    private static readonly Gen<(string Arn, string Username, string[] Groups)> _row =
        from name in Pick.From(_names)
        from kind in Pick.From("role", "role", "user", "user-upper")
        from username in Pick.From(_usernames)
        from groups in Pick.From(_groups)
        select (kind switch
        {
            "role" => $"arn:aws:iam::{Account}:role/{name}",
            "user" => $"arn:aws:iam::{Account}:user/{name}",
            _ => $"arn:aws:iam::{Account}:user/{name.ToUpperInvariant()}",
        }, username, groups);

    private static readonly Gen<Edit> _edit =
        from row in _row
        from what in Gen.Int[0, 6]
        select Change(what, row.Arn, row.Username, row.Groups);

    [Fact]
    public void A_plan_that_passes_never_loses_nodes_the_last_administrator_or_the_caller() =>
        Gen.Select(_row.Array[1, 6], _edit, Pick.From(_names), Gen.Bool).Sample(
            (rows, edit, name, isUser) =>
            {
                var map = Maps.Of(
                    string.Concat(rows.Where(row => row.Arn.Contains(":role/", StringComparison.Ordinal)).Select(row => Maps.Role(row.Arn, Quoted(row.Username), row.Groups))),
                    string.Concat(rows.Where(row => row.Arn.Contains(":user/", StringComparison.Ordinal)).Select(row => Maps.User(row.Arn, Quoted(row.Username), row.Groups))));
                var caller = new Caller(isUser ? $"arn:aws:iam::{Account}:user/{name}" : $"arn:aws:sts::{Account}:assumed-role/{name}/me");
                var plan = Planner.Plan(map, [edit]);
                if (Guard.Check(plan, new Facts { Caller = caller }).Count > 0)
                {
                    return;
                }

                var (before, after) = (new Resolver(plan.Before, new()), new Resolver(plan.After, new()));
                foreach (var role in _names)
                {
                    var node = new Caller($"arn:aws:sts::{Account}:assumed-role/{role}/{Instance}") { PrivateDnsName = "ip-10-0-0-1" };
                    Assert.True(!IsNode(before, node) || IsNode(after, node), $"nodes of {role}");
                }

                Assert.True(!Callers().Any(one => IsAdmin(before, one)) || Callers().Any(one => IsAdmin(after, one)), "no administrator is left");
                if (before.Resolve(caller).Outcomes is [{ Error: null } me])
                {
                    Assert.All(after.Resolve(caller).Outcomes, then =>
                        Assert.True(then.Error is null && then.Username == me.Username && !me.Groups.Except(then.Groups).Any(), $"{me} {then}"));
                }
            },
            iter: 3000);

    private static Edit Change(int what, string arn, string username, string[] groups) => what switch
    {
        0 => Maps.Delete(arn, all: true),
        1 => Maps.Delete(username: username, all: true),
        2 => Maps.Delete(group: groups.FirstOrDefault() ?? "view", all: true),
        3 => Maps.Delete(arn, username: username, all: true),
        4 => Maps.Create(arn, username, [.. groups]) with { OnDuplicate = DuplicatePolicy.Append },
        5 => new PruneOthers(SectionKeys.All, []),
        _ => Maps.Create(arn, username, [.. groups]),
    };

    private static IEnumerable<Caller> Callers() => _names.SelectMany(name => new[]
    {
        new Caller($"arn:aws:iam::{Account}:user/{name}"), new Caller($"arn:aws:sts::{Account}:assumed-role/{name}/me"),
    });

    // Where the real program picks at random, it may always pick the worst. Nodes are no administrators, whatever their groups.
    private static bool IsAdmin(Resolver map, Caller caller) => map.Resolve(caller).Outcomes.All(outcome =>
        outcome.Error is null && outcome.Groups.Contains(Admins) && !outcome.Username.StartsWith("system:node:", StringComparison.Ordinal));

    private static bool IsNode(Resolver map, Caller caller) => map.Resolve(caller).Outcomes.All(outcome =>
        outcome.Error is null && outcome.Username == "system:node:ip-10-0-0-1" && outcome.Groups.Contains("system:nodes"));

    private static string Quoted(string username) => $"\"{username}\"";
}
