using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Planning;

public sealed class PlannerCreateTests
{
    [Fact]
    public void A_new_mapping_is_appended()
    {
        var plan = Planner.Plan(Maps.Of(Maps.NodeRow), [Maps.Create(Maps.Dev, "dev", ["view"])]);
        Assert.Equal(
            [new Change(ChangeAction.Added, MappingKind.Role, Maps.Dev, null, new RoleMapping(Maps.Dev, "dev", ["view"]), 6)], plan.Changes);
        Assert.Empty(plan.Notices);
        var step = Assert.IsType<WriteAwsAuth>(Assert.Single(plan.Steps));
        Assert.Equal(["mapRoles"], step.Data.Keys);
        Assert.Equal(Maps.NodeRow + Maps.Role(Maps.Dev, "dev", "view"), step.Data["mapRoles"]);
        Assert.Equal(2, plan.AccessAfter.Rows.Count);
    }

    [Fact]
    public void What_exists_is_left_alone_whatever_the_order_of_its_groups()
    {
        var plan = Planner.Plan(Maps.Of(Maps.Role(Maps.Dev, "dev", "a", "b")), [Maps.Create(Maps.Dev.ToUpperInvariant(), "dev", ["b", "a", "b"])]);
        Assert.Equal(ChangeAction.Unchanged, Assert.Single(plan.Changes).Action);
        Assert.Empty(plan.Steps);
        Assert.Same(plan.Before, plan.After);
    }

    [Fact]
    public void Username_and_groups_are_updated_in_place()
    {
        var plan = Planner.Plan(
            Maps.Of(Maps.Role(Maps.Dev, "dev", "a", "b", "c") + Maps.NodeRow), [Maps.Create(Maps.Dev, "developer", ["d", "c", "a"])]);
        Assert.Equal(
            [
                new Change(
                    ChangeAction.Updated,
                    MappingKind.Role,
                    Maps.Dev,
                    new RoleMapping(Maps.Dev, "dev", ["a", "b", "c"]),
                    new RoleMapping(Maps.Dev, "developer", ["a", "c", "d"]),
                    1),
            ],
            plan.Changes);
        Assert.Equal(Maps.Role(Maps.Dev, "developer", "a", "c", "d") + Maps.NodeRow, plan.After[SectionKey.MapRoles].Text);
    }

    [Fact]
    public void Without_a_username_the_existing_one_stays_and_without_groups_they_go() => Assert.Equal(
        new RoleMapping(Maps.Dev, "dev", []),
        Assert.Single(Planner.Plan(Maps.Of(Maps.Role(Maps.Dev, "dev", "a")), [Maps.Create(Maps.Dev)]).Changes).After);

    [Fact]
    public void Groups_can_be_merged() => Assert.Equal(
        ["b", "a", "c"], After(Maps.Create(Maps.Dev, groups: ["c", "b"]) with { MergeGroups = true }, "b", "a"));

    [Fact]
    public void Groups_can_be_taken_away_and_the_others_stay()
    {
        Assert.Equal(["a"], After(Maps.Create(Maps.Dev) with { RemoveGroups = ["b", "x"] }, "b", "a"));
        Assert.Equal(["a", "c"], After(Maps.Create(Maps.Dev, groups: ["c"]) with { RemoveGroups = ["b"] }, "b", "a"));
    }

    [Fact]
    public void Of_duplicates_the_last_is_updated_and_the_dead_ones_are_named()
    {
        var plan = Planner.Plan(
            Maps.Of(Maps.Role(Maps.Dev, "it's old") + Maps.Role(Maps.Dev, "dev", "x") + Maps.Role(Maps.Dev, "dev", "view")),
            [Maps.Create(Maps.Dev, "dev", ["edit"])]);
        Assert.Equal(("mapRoles", 7), (plan.Steps.OfType<WriteAwsAuth>().Single().Data.Keys.Single(), Assert.Single(plan.Changes).Line));
        Assert.Equal(
            [
                Notice.Warning("mapRoles line 1 names the same ARN and is shadowed",
                    $"delete iamidentitymapping --arn {Maps.Dev} --username 'it'\\''s old'"),
                Notice.Warning($"mapRoles line 3 names the same ARN and is shadowed", $"delete iamidentitymapping --arn {Maps.Dev} --group x"),
            ],
            plan.Notices);
    }

    [Fact]
    public void A_dead_duplicate_that_no_selector_tells_apart_is_named_all_the_same() => Assert.Equal(
        [Notice.Warning("mapRoles line 1 names the same ARN and is shadowed; take it out by hand, nothing tells it from mapRoles line 3")],
        Planner.Plan(Maps.Of(Maps.Role(Maps.Dev, "dev") + Maps.Role(Maps.Dev, "dev")), [Maps.Create(Maps.Dev, "dev")]).Notices);

    [Fact]
    public void A_role_in_mapUsers_counts_and_mapRoles_wins()
    {
        var inUsers = Planner.Plan(Maps.Of("[]", Maps.User(Maps.Dev, "dev")), [Maps.Create(Maps.Dev, "dev2")]);
        Assert.Equal(new UserMapping(Maps.Dev, "dev2", []), Assert.Single(inUsers.Changes).After);

        var inBoth = Planner.Plan(Maps.Of(Maps.Role(Maps.Dev, "r"), Maps.User(Maps.Dev, "u")), [Maps.Create(Maps.Dev, "dev2")]);
        Assert.Equal(new RoleMapping(Maps.Dev, "dev2", []), Assert.Single(inBoth.Changes).After);
        Assert.Contains("mapUsers line 1 names the same ARN and is shadowed", Assert.Single(inBoth.Notices).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_spelling_of_a_user_makes_it_random_and_is_named()
    {
        var other = Maps.Alice.Replace("alice", "Alice", StringComparison.Ordinal);
        var plan = Planner.Plan(Maps.Of(users: Maps.User(Maps.Alice, "a") + Maps.User(other, "b")), [Maps.Create(Maps.Alice, "alice")]);
        Assert.Equal(new UserMapping(Maps.Alice, "alice", []), Assert.Single(plan.Changes).After);
        Assert.Contains("mapUsers line 3 names the same user in different case", Assert.Single(plan.Notices).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_the_same_role_that_never_matches_is_named_and_not_taken_for_the_live_one()
    {
        var plan = Planner.Plan(Maps.Of(Maps.Role("arn:aws:iam::111122223333:role/team/dev", "dev")), [Maps.Create(Maps.Dev, "dev")]);
        Assert.Equal(ChangeAction.Added, Assert.Single(plan.Changes).Action);
        Assert.Equal(
            [
                Notice.Warning("mapRoles line 1: arn:aws:iam::111122223333:role/team/dev has a path, which a caller's ARN never shows; it stays as it is",
                    "delete iamidentitymapping --arn arn:aws:iam::111122223333:role/team/dev"),
            ],
            plan.Notices);
    }

    [Fact]
    public void Duplicates_can_be_refused_unless_they_are_the_same()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "dev", "view"));
        var refuse = Maps.Create(Maps.Dev, "dev", ["view"]) with { OnDuplicate = DuplicatePolicy.Refuse };
        Assert.Empty(Planner.Plan(map, [refuse]).Steps);

        var failure = Maps.Refused(map, refuse with { Username = "other" });
        Assert.Equal(FailureKind.Failed, failure.Kind);
        Assert.Equal($"found existing mapping with the same arn \"{Maps.Dev}\" and shadowing is disabled", failure.Message);
        Assert.Equal([$"mapRoles line 1: {Maps.Dev}  →  dev, groups view"], failure.Details);
    }

    [Fact]
    public void Duplicates_can_be_appended_even_when_they_are_the_same()
    {
        var plan = Planner.Plan(
            Maps.Of(Maps.Role(Maps.Dev, "dev", "view")), [Maps.Create(Maps.Dev, null, ["view"]) with { OnDuplicate = DuplicatePolicy.Append }]);
        Assert.Equal(Maps.Role(Maps.Dev, "dev", "view") + Maps.Role(Maps.Dev, "dev", "view"), plan.After[SectionKey.MapRoles].Text);
        Assert.Equal([Notice.Warning("mapRoles line 1 names the same ARN and is shadowed by the new entry")], plan.Notices);
    }

    [Fact]
    public void A_new_mapping_without_a_username_is_written_with_a_warning()
    {
        var plan = Planner.Plan(Maps.Of(), [Maps.Create(Maps.Dev, null, ["view"])]);
        Assert.Equal(new RoleMapping(Maps.Dev, "", ["view"]), Assert.Single(plan.Changes).After);
        Assert.Contains("kubectl top", Assert.Single(plan.Notices).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_cannot_be_taken_from_a_mapping_that_is_not_there() => Assert.Equal(
        FailureKind.NotFound, Maps.Refused(Maps.Of(), Maps.Create(Maps.Dev) with { RemoveGroups = ["x"] }).Kind);

    [Fact]
    public void An_account_is_appended_once()
    {
        var plan = Planner.Plan(Maps.Of(accounts: "- '444455556666'\n"), [new UpsertAccount("012345678901"), new UpsertAccount("444455556666")]);
        Assert.Equal([(ChangeAction.Added, 2), (ChangeAction.Unchanged, 1)], plan.Changes.Select(change => (change.Action, change.Line ?? 0)));
        Assert.Equal("- '444455556666'\n- '012345678901'\n", plan.After[SectionKey.MapAccounts].Text!.Replace('"', '\''));
        Assert.Equal(FailureKind.Usage, Maps.Refused(Maps.Of(), new UpsertAccount("1")).Kind);
    }

    [Fact]
    public void Several_wishes_are_one_write_and_the_same_wish_twice_counts_once()
    {
        var plan = Planner.Plan(
            Maps.Of(Maps.NodeRow, "[]"),
            [Maps.Create(Maps.Dev, "dev", ["a", "b"]), Maps.Create(Maps.Alice, "alice"), Maps.Create(Maps.Dev.ToUpperInvariant(), "dev", ["b", "a"])]);
        Assert.Equal([Maps.Dev, Maps.Alice], plan.Changes.Select(change => change.Identity));
        Assert.Equal(["mapRoles", "mapUsers"], Assert.IsType<WriteAwsAuth>(Assert.Single(plan.Steps)).Data.Keys);
    }

    [Fact]
    public void Two_different_wishes_for_one_arn_are_a_contradiction()
    {
        Assert.Equal(FailureKind.Usage, Maps.Refused(Maps.Of(), Maps.Create(Maps.Dev, "a"), Maps.Create(Maps.Dev, "b")).Kind);
        Assert.Equal(FailureKind.Usage, Maps.Refused(Maps.Of(Maps.Role(Maps.Dev, "a")), Maps.Create(Maps.Dev, "b"), Maps.Delete(Maps.Dev)).Kind);
        Assert.Equal(FailureKind.Usage, Maps.Refused(Maps.Of(Maps.Role(Maps.Dev, "a")), Maps.Delete(Maps.Dev), Maps.Create(Maps.Dev, "b")).Kind);
    }

    [Fact]
    public void A_key_that_cannot_be_read_is_not_written_but_the_others_are()
    {
        var broken = Maps.Of("- rolearn: [", "[]");
        Assert.Equal(FailureKind.Refused, Maps.Refused(broken, Maps.Create(Maps.Dev, "dev")).Kind);
        Assert.Single(Planner.Plan(broken, [Maps.Create(Maps.Alice, "alice")]).Steps);
    }

    [Theory]
    [InlineData("", "the username is empty")]
    [InlineData(" dev", "the username \" dev\" has a blank at its beginning")]
    [InlineData("dev\n", "the username \"dev\n\" has a blank at its end")]
    [InlineData("d\u001bev", "the username holds the character U+001B at position 2, which cannot be written")]
    public void Usernames_and_groups_that_cannot_be_right_are_refused(string text, string message)
    {
        Assert.Equal((FailureKind.Usage, message), Of(Maps.Refused(Maps.Of(), Maps.Create(Maps.Dev, text))));
        Assert.Equal((FailureKind.Usage, message.Replace("username", "group")), Of(Maps.Refused(Maps.Of(), Maps.Create(Maps.Dev, "dev", [text]))));
        static (FailureKind, string) Of(Failure failure) => (failure.Kind, failure.Message);
    }

    [Fact]
    public void Half_a_character_is_refused() => Assert.Equal(
        "the username holds the character U+D800 at position 2, which cannot be written",
        Maps.Refused(Maps.Of(), Maps.Create(Maps.Dev, "d" + '\ud800' + "ev")).Message);

    [Theory]
    [InlineData(Maps.Dev, "x-{{ SessionName }}", "\"x-{{ SessionName }}\": {{ SessionName }} is not replaced, the authenticator does not know it; did you mean {{SessionName}}")]
    [InlineData(Maps.Dev, "x-{{nope}}", "\"x-{{nope}}\": {{nope}} is not replaced, the authenticator does not know it; known are {{EC2PrivateDNSName}}, ")]
    [InlineData(Maps.Dev, "{{SessionName}}", "the username is {{SessionName}} alone: whoever may assume the role chooses it")]
    [InlineData(Maps.Alice, "x-{{SessionName}}", "\"x-{{SessionName}}\": a user has no session, so {{SessionName}} becomes empty")]
    [InlineData(Maps.Alice, "x-{{EC2PrivateDNSName}}", "\"x-{{EC2PrivateDNSName}}\": a user is no EC2 instance, so with {{EC2PrivateDNSName}} it is turned away")]
    public void Templates_that_are_probably_wrong_are_written_with_a_warning(string arn, string username, string warning) =>
        Assert.StartsWith(warning, Assert.Single(Planner.Plan(Maps.Of(), [Maps.Create(arn, username)]).Notices).Text, StringComparison.Ordinal);

    [Fact]
    public void Thousands_of_wishes_are_planned_on_thousands_of_entries()
    {
        var document = Maps.Of(string.Concat(Enumerable.Range(0, 5000).Select(i => Maps.Role($"{Maps.Dev}{i}", "dev"))));
        Edit[] edits = [.. Enumerable.Range(2500, 5000).Select(i => Maps.Create($"{Maps.Dev}{i}", "dev2"))];
        var plan = Planner.Plan(document, edits);
        Assert.Equal(2500, plan.Changes.Count(change => change.Action == ChangeAction.Updated));
    }

    private static GroupList After(Edit edit, params string[] groups) =>
        ((PrincipalMapping)Assert.Single(Planner.Plan(Maps.Of(Maps.Role(Maps.Dev, "dev", groups)), [edit]).Changes).After!).Groups;
}
