using System.Diagnostics;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Planning;

public sealed class EntryStatusTests
{
    private const string Account = "111122223333";

    [Fact]
    public void The_last_role_entry_wins_without_regard_to_case() => Assert.Equal(
        [(Reachability.Shadowed, "mapRoles line 3 names the same principal and wins"), (Reachability.Effective, null)],
        Statuses(Maps.Of(roles: Maps.Role(Maps.Dev.ToUpperInvariant(), "old") + Maps.Role(Maps.Dev, "new"))));

    [Fact]
    public void A_role_entry_wins_over_a_user_entry() => Assert.Equal(
        [(Reachability.Effective, null), (Reachability.Shadowed, "mapRoles line 1 names the same principal and wins")],
        Statuses(Maps.Of(roles: Maps.Role(Maps.Alice, "a"), users: Maps.User(Maps.Alice, "b"))));

    [Fact]
    public void The_last_of_equal_user_entries_wins_and_other_spellings_make_it_random() => Assert.Equal(
        [Reachability.Shadowed, Reachability.Ambiguous, Reachability.Ambiguous],
        Statuses(Maps.Of(users: Maps.User(Maps.Alice, "a") + Maps.User(Maps.Alice, "b") + Maps.User(Maps.Alice.Replace("alice", "Alice"), "c")))
            .Select(status => status.Item1));

    [Fact]
    public void Sso_entries_are_ignored_and_arns_that_never_match_are_unreachable() => Assert.Equal(
        [
            (Reachability.Ignored, "sso entries need a feature of the authenticator that EKS does not turn on"),
            (Reachability.Unreachable, "the ARN has a path, which a caller's ARN never shows"),
            (Reachability.Unreachable, "the ARN is an IAM group, and callers are users and roles"),
        ],
        Statuses(Maps.Of(
            roles: "- sso: {permissionSetName: View, accountID: '111122223333'}\n  username: v\n" + Maps.Role("arn:aws:iam::111122223333:role/x/dev", "d"),
            users: Maps.User("arn:aws:iam::111122223333:group/g", "g"))));

    [Fact]
    public void Accounts_have_twelve_digits_and_count_once() => Assert.Equal(
        [
            (Reachability.Effective, null),
            (Reachability.Unreachable, "an account id has 12 digits"),
            (Reachability.Shadowed, "mapAccounts line 1 lists the same account"),
        ],
        Statuses(Maps.Of(accounts: $"- {Account}\n- '*'\n- {Account}\n")));

    [Fact]
    public void The_view_holds_who_enters_and_nobody_else() => Assert.Equal(
        [$"{Maps.Node} system:node:{{{{EC2PrivateDNSName}}}} 2", $"{Maps.Alice} alice 0", $"{Account}  0"],
        AccessView.Of(Maps.Of(
            Maps.NodeRow + Maps.Role("arn:aws:iam::111122223333:role/x/dev", "d"),
            Maps.User(Maps.Node, "shadowed") + Maps.User(Maps.Alice, "alice"),
            $"- {Account}\n")).Rows.Select(row => $"{row.Principal} {row.Username} {row.Groups.Count}"));

    [Fact]
    public void Many_entries_of_one_principal_take_linear_time()
    {
        var document = Maps.Of(roles: string.Concat(Enumerable.Range(0, 5_000).Select(i => Maps.Role(Maps.Dev, $"u{i}"))));

        // Guards against hanging; it measures nothing.
        var watch = Stopwatch.StartNew();
        Assert.Equal("u4999", Assert.Single(AccessView.Of(document).Rows).Username);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), $"took {watch.Elapsed}");
    }

    private static IEnumerable<(Reachability, string?)> Statuses(AuthMap.Documents.AwsAuthDocument document) =>
        EntryStatus.Of(document).Select(status => (status.Reachability, status.Reason));
}
