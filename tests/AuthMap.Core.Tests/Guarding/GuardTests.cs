using AuthMap.Core.Tests.Planning;
using AuthMap.Documents;
using AuthMap.Guarding;
using AuthMap.Planning;
using AuthMap.Resolving;

namespace AuthMap.Core.Tests.Guarding;

public sealed class GuardTests
{
    private const string Admin = "arn:aws:iam::111122223333:role/admin";
    private const string Me = "arn:aws:sts::111122223333:assumed-role/dev/me";

    private static readonly string _admins = Maps.Role(Admin, "admin", "system:masters");

    [Fact]
    public void Adding_and_removing_an_ordinary_mapping_harms_nobody()
    {
        Assert.Empty(Check(Maps.Of(Maps.NodeRow), Maps.Create(Maps.Dev, "dev", ["view"])));
        Assert.Empty(Check(Maps.Of(Maps.NodeRow + Maps.Role(Maps.Dev, "dev", "view")), Maps.Delete(Maps.Dev)));
    }

    [Fact]
    public void Losing_a_node_mapping_is_refused() => Assert.Equal(
        [new(Harm.LockOut, $"nodes of the role {Maps.Node} could no longer join the cluster or stay in it")],
        Check(Maps.Of(Maps.NodeRow), Maps.Delete(Maps.Node)));

    [Fact]
    public void Giving_a_node_role_to_people_is_refused() => Assert.Equal(
        [new(Harm.LockOut, $"nodes of the role {Maps.Node} could no longer join the cluster or stay in it")],
        Check(Maps.Of(Maps.NodeRow), Maps.Create(Maps.Node, "admin", ["system:masters"])));

    [Fact]
    public void A_node_mapping_may_change_what_nodes_do_not_need() => Assert.Empty(
        Check(Maps.Of(Maps.NodeRow), Maps.Create(Maps.Node, null, ["system:nodes", "system:bootstrappers", "more"])));

    [Theory]
    [InlineData("system:node:x", "system:nodes", "system:bootstrappers")]
    [InlineData("system:node:{{SessionName}}", "system:nodes", "system:bootstrappers")]
    [InlineData("system:node:{{EC2PrivateDNSName}}", "system:nodes", "other")]
    public void A_node_mapping_keeps_its_name_and_its_groups(string username, params string[] groups) => Assert.Single(
        Check(Maps.Of(Maps.NodeRow), Maps.Create(Maps.Node, username, [.. groups])));

    [Fact]
    public void Who_cannot_enter_is_no_administrator()
    {
        const string Dead = "x{{EC2PrivateDNSName}}";
        Assert.Single(Check(Maps.Of(_admins, Maps.User(Maps.Alice, Dead, "system:masters")), Maps.Delete(Admin)));
        Assert.Single(Check(Maps.Of(users: Maps.User(Maps.Alice, "alice", "system:masters")), Maps.Create(Maps.Alice, Dead, ["system:masters"])));
    }

    [Fact]
    public void A_further_spelling_of_oneself_is_refused()
    {
        var map = Maps.Of(users: Maps.User(Maps.Alice, "alice", "system:masters"));
        var spelling = Maps.Create(Maps.Alice.Replace("alice", "ALICE", StringComparison.Ordinal), "nobody") with { OnDuplicate = DuplicatePolicy.Append };
        Assert.True(Guard.TakesAway(Planner.Plan(map, [spelling])));
        Assert.Equal(
            ["nobody would be left in system:masters", $"you ({Maps.Alice}) would lose system:masters", $"you ({Maps.Alice}) would enter as \"nobody\" and no longer as \"alice\""],
            Check(map, new Facts { Caller = new Caller(Maps.Alice) }, spelling).Select(objection => objection.Text));
    }

    [Fact]
    public void A_pruned_entry_that_brings_a_stronger_one_to_life_is_refused()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "root", "system:masters") + Maps.Role(Maps.Dev, "dev") + _admins);
        var objection = Assert.Single(Check(
            map, Maps.Create(Admin, "admin", ["system:masters"]), new PruneOthers(SectionKeys.All, [new(null, null, "root", null)])));
        Assert.Equal(Harm.Gain, objection.Harm);
    }

    [Fact]
    public void A_removal_that_brings_a_username_of_the_system_to_life_is_refused()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "system:kube-controller-manager") + Maps.Role(Maps.Dev, "dev"));
        Assert.Equal(Harm.Gain, Assert.Single(Check(map, Maps.Delete(Maps.Dev, username: "dev"))).Harm);
    }

    [Fact]
    public void A_shadowed_node_mapping_may_go_when_the_one_in_effect_stays()
    {
        var map = Maps.Of(Maps.Role(Maps.Node, "old", "system:nodes") + Maps.NodeRow);
        Assert.Empty(Check(map, Maps.Delete(Maps.Node, username: "old")));
    }

    [Fact]
    public void Losing_the_last_administrator_is_refused()
    {
        Assert.Equal([new(Harm.LockOut, "nobody would be left in system:masters")], Check(Maps.Of(_admins), Maps.Delete(Admin)));
        Assert.Empty(Check(Maps.Of(_admins, Maps.User(Maps.Alice, "alice", "system:masters")), Maps.Delete(Admin)));
    }

    [Fact]
    public void Losing_ones_own_entry_is_refused() => Assert.Equal(
        [new(Harm.LockOut, $"you ({Me}) could no longer enter")],
        Check(Maps.Of(Maps.Role(Maps.Dev, "dev", "view")), Known, Maps.Delete(Maps.Dev)));

    [Fact]
    public void Losing_ones_own_groups_or_name_is_refused()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "dev", "view", "edit"));
        Assert.Equal([new(Harm.LockOut, $"you ({Me}) would lose edit")], Check(map, Known, Maps.Create(Maps.Dev, "dev", ["view"])));
        Assert.Equal(
            [new(Harm.LockOut, $"you ({Me}) would enter as \"other\" and no longer as \"dev\"")],
            Check(map, Known, Maps.Create(Maps.Dev, "other", ["view", "edit"])));
        Assert.Empty(Check(map, Known, Maps.Create(Maps.Dev, "dev", ["view", "edit", "admin"])));
    }

    [Fact]
    public void Who_does_not_enter_by_the_map_has_nothing_to_lose() =>
        Assert.Empty(Check(Maps.Of(users: Maps.User(Maps.Alice, "alice")), Known, Maps.Delete(Maps.Alice)));

    [Fact]
    public void A_removal_that_brings_a_stronger_entry_to_life_is_refused()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "dev", "system:masters") + Maps.Role(Maps.Dev, "dev2", "view") + _admins);
        Assert.Equal(
            [new(Harm.Gain, $"{Maps.Dev} would gain system:masters: another entry of it comes into effect")],
            Check(map, Maps.Delete(Maps.Dev, username: "dev2")));
    }

    [Fact]
    public void A_change_that_nobody_reads_is_refused()
    {
        var objection = Assert.Single(
            Check(Maps.Of(Maps.NodeRow), new Facts { Mode = AuthenticationMode.Api }, Maps.Create(Maps.Dev, "dev")));
        Assert.Equal(Harm.NoEffect, objection.Harm);
        Assert.Empty(Check(
            Maps.Of(Maps.NodeRow), new Facts { Mode = AuthenticationMode.ApiAndConfigMap }, Maps.Create(Maps.Dev, "dev")));
    }

    [Fact]
    public void Nothing_to_do_harms_nobody() =>
        Assert.Empty(Check(Maps.Of(Maps.Role(Maps.Dev, "dev")), new Facts { Mode = AuthenticationMode.Api }, Maps.Create(Maps.Dev, "dev")));

    [Fact]
    public void Only_what_takes_something_away_asks_who_does_it()
    {
        var map = Maps.Of(Maps.Role(Maps.Dev, "dev", "view"));
        Assert.False(Guard.TakesAway(Planner.Plan(map, [Maps.Create(Maps.Dev, "dev", ["view", "edit"])])));
        Assert.False(Guard.TakesAway(Planner.Plan(map, [Maps.Create(Admin, "admin", ["system:masters"])])));
        Assert.True(Guard.TakesAway(Planner.Plan(map, [Maps.Create(Maps.Dev, "dev2", ["view"])])));
        Assert.True(Guard.TakesAway(Planner.Plan(map, [Maps.Create(Maps.Dev, "dev", [])])));
        Assert.True(Guard.TakesAway(Planner.Plan(map, [Maps.Delete(Maps.Dev)])));
    }

    private static Facts Known => new() { Caller = new Caller(Me) };

    private static IReadOnlyList<Objection> Check(AwsAuthDocument map, params Edit[] edits) =>
        Check(map, new Facts(), edits);

    private static IReadOnlyList<Objection> Check(AwsAuthDocument map, Facts facts, params Edit[] edits) =>
        Guard.Check(Planner.Plan(map, edits), facts);
}
