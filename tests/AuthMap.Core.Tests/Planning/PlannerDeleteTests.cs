using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Planning;

public sealed class PlannerDeleteTests
{
    [Fact]
    public void An_entry_is_removed()
    {
        var plan = Planner.Plan(Maps.Of(Maps.NodeRow + Maps.Role(Maps.Dev, "dev")), [Maps.Delete(Maps.Dev, username: "dev")]);
        Assert.Equal(
            [new Change(ChangeAction.Removed, MappingKind.Role, Maps.Dev, new RoleMapping(Maps.Dev, "dev", []), null, 6)], plan.Changes);
        Assert.Equal(Maps.NodeRow, plan.After[SectionKey.MapRoles].Text);
        Assert.Empty(plan.Notices);
        Assert.Equal([Maps.Node], plan.AccessAfter.Rows.Select(row => row.Principal));
    }

    [Fact]
    public void Removing_what_is_not_there_fails_unless_that_is_allowed()
    {
        var map = Maps.Of(Maps.NodeRow);
        var failure = Maps.Refused(map, Maps.Delete(Maps.Dev, username: "dev"));
        Assert.Equal((FailureKind.NotFound, $"no mapping of {Maps.Dev} with username dev"), (failure.Kind, failure.Message));

        Assert.Empty(Planner.Plan(map, [Maps.Delete(Maps.Dev, all: true)]).Steps);
        Assert.Equal([Notice.Note($"no mapping of {Maps.Dev}")], Planner.Plan(map, [Maps.Delete(Maps.Dev, ignore: true)]).Notices);
    }

    [Fact]
    public void What_there_is_instead_is_listed()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "dev", "view") + Maps.Role("arn:aws:iam::111122223333:role/x/dev", "p"));
        Assert.Equal(
            [
                $"mapRoles line 1: {Maps.Dev}  →  dev, groups view",
                "mapRoles line 5: arn:aws:iam::111122223333:role/x/dev  →  p, no groups",
            ],
            Maps.Refused(map, Maps.Delete(Maps.Dev, username: "nobody")).Details);
        Assert.Equal("arn:aws:iam:::role/x has no account id", Maps.Refused(map, Maps.Delete("arn:aws:iam:::role/x")).Hint);
    }

    [Fact]
    public void Several_matches_are_listed_and_removed_only_all_together()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "a") + Maps.NodeRow + Maps.Role(Maps.Dev, "b", "view"));
        var failure = Maps.Refused(map, Maps.Delete(Maps.Dev));
        Assert.Equal((FailureKind.Refused, $"2 entries match {Maps.Dev}"), (failure.Kind, failure.Message));
        Assert.Equal(
            [$"mapRoles line 1: {Maps.Dev}  →  a, no groups", $"mapRoles line 8: {Maps.Dev}  →  b, groups view"], failure.Details);
        Assert.Contains("--all", failure.Hint, StringComparison.Ordinal);

        var plan = Planner.Plan(map, [Maps.Delete(Maps.Dev, all: true)]);
        Assert.Equal(Maps.NodeRow, plan.After[SectionKey.MapRoles].Text);
        Assert.Empty(plan.Notices);
    }

    [Fact]
    public void A_shadowed_entry_that_comes_to_life_is_named()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "a", "system:masters") + Maps.Role(Maps.Dev, "b"));
        Assert.Equal(
            [
                Notice.Warning(
                    $"{Maps.Dev} still enters as a, groups system:masters: mapRoles line 1, which was shadowed until now"),
            ],
            Planner.Plan(map, [Maps.Delete(Maps.Dev, username: "b")]).Notices);
        Assert.Equal(
            [Notice.Note($"{Maps.Dev} still enters as b, no groups: mapRoles line 5")],
            Planner.Plan(map, [Maps.Delete(Maps.Dev, username: "a")]).Notices);
    }

    [Fact]
    public void A_principal_whose_account_is_mapped_still_enters()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "dev"), accounts: "- '111122223333'\n");
        Assert.Equal(
            [
                Notice.Warning(
                    $"{Maps.Dev} still enters, under its ARN and without groups: mapAccounts line 1 lets in all of account 111122223333"),
            ],
            Planner.Plan(map, [Maps.Delete(Maps.Dev)]).Notices);
    }

    [Fact]
    public void An_account_is_removed()
    {
        var plan = Planner.Plan(Maps.Of(accounts: "- '111122223333'\n"), [Maps.Delete(account: "111122223333")]);
        Assert.Equal("[]", plan.After[SectionKey.MapAccounts].Text?.TrimEnd());
        Assert.Equal(new AccountMapping("111122223333"), Assert.Single(plan.Changes).Before);
    }

    [Fact]
    public void A_key_that_cannot_be_read_may_hold_the_entry()
    {
        var broken = Maps.Of("- rolearn: [", "[]", "[]");
        Assert.Equal(FailureKind.Refused, Maps.Refused(broken, Maps.Delete(Maps.Dev, ignore: true)).Kind);
        Assert.Equal(FailureKind.NotFound, Maps.Refused(broken, Maps.Delete(account: "111122223333")).Kind);
    }

    [Fact]
    public void A_removal_that_names_nothing_is_refused() =>
        Assert.Equal(FailureKind.Usage, Maps.Refused(Maps.Of(Maps.NodeRow), Maps.Delete(all: true)).Kind);

    [Fact]
    public void Lines_of_other_changes_are_those_of_the_new_text()
    {
        var plan = Planner.Plan(
            Maps.Of(Maps.NodeRow + Maps.Role(Maps.Dev, "dev")), [Maps.Delete(Maps.Node), Maps.Create(Maps.Dev, "dev"), Maps.Create(Maps.Dev + "2", "dev2")]);
        Assert.Equal([1, 1, 3], plan.Changes.Select(change => change.Line));
    }
}
