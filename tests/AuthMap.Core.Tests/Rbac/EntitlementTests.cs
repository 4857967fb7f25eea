using AuthMap.Rbac;
using AuthMap.Resolving;

namespace AuthMap.Core.Tests.Rbac;

public sealed class EntitlementTests
{
    private static readonly RbacBinding _everybody = Cluster("discovery", "system:discovery", Group("system:authenticated"));

    [Fact]
    public void Username_and_groups_find_their_bindings_in_this_order()
    {
        var devs = Cluster("devs", "view", Group("view"), User("view"));
        var mine = Of("spark", "mine", "edit", User("dev"));

        var entitlement = Find(new("dev", ["view"], null, null, []), [_everybody, devs], [mine, Of("spark", "other", "edit", User("ann"))]);

        Assert.Equal([new(mine, User("dev")), new(devs, Group("view")), new(_everybody, Group("system:authenticated"))], entitlement.Grants);
        Assert.Empty(entitlement.Unbound);
        Assert.Empty(entitlement.NeedNoBinding);
    }

    [Fact]
    public void Names_are_compared_with_case_and_kinds_with_kinds() =>
        Assert.Empty(Find(new("dev", ["view"], null, null, []), [Cluster("a", "view", Group("View"), Group("dev"), User("view"))], []).Grants);

    [Fact]
    public void A_username_may_be_a_service_accounts()
    {
        var outcome = new ResolvedOutcome("system:serviceaccount:spark:job", [], null, null, []);
        var subject = new Subject("ServiceAccount", "job", null, null);

        Assert.Single(Find(outcome, [], [Of("spark", "a", "edit", subject)]).Grants);
        Assert.Empty(Find(outcome, [], [Of("other", "a", "edit", subject)]).Grants);
        Assert.Single(Find(outcome, [Cluster("a", "edit", subject with { Namespace = "spark" })], []).Grants);
    }

    [Theory]
    [InlineData("veiw", "view")]
    [InlineData("edit", "editors")]
    [InlineData("admins:eu", null)]
    [InlineData("system:masters", null, true)]
    public void A_group_that_no_binding_names_is_told_with_the_nearest_one(string group, string? nearest, bool isFree = false)
    {
        var entitlement = Find(new("dev", [group], null, null, []), [_everybody, Cluster("a", "view", Group("view"), Group("editors"))], []);

        Assert.Equal(isFree ? [] : [new UnboundGroup(group, nearest)], entitlement.Unbound);
        Assert.Equal(isFree ? [group] : [], entitlement.NeedNoBinding);
    }

    [Fact]
    public void Nodes_need_no_binding_and_people_in_their_group_do()
    {
        Assert.Equal(["system:nodes"], Find(new("system:node:{{EC2PrivateDNSName}}", ["system:nodes"], null, null, []), [], []).NeedNoBinding);
        Assert.Equal([new("system:nodes", null)], Find(new("ann", ["system:nodes"], null, null, []), [], []).Unbound);
    }

    [Fact]
    public void A_group_with_a_template_that_is_not_known_may_be_bound() => Assert.Empty(
        Find(new("dev", ["team:{{SessionName}}"], null, null, ["{{SessionName}}"]), [_everybody], []).Unbound);

    [Fact]
    public void Where_some_bindings_are_hidden_nothing_is_said_to_be_unbound()
    {
        var entitlement = Find(new("dev", ["view"], null, null, []), null, [Of("spark", "a", "edit", User("dev"))]);

        Assert.Single(entitlement.Grants);
        Assert.Empty(entitlement.Unbound);
        Assert.Equal([RbacKind.ClusterRoleBinding], entitlement.Hidden);
    }

    private static Entitlement Find(ResolvedOutcome outcome, IReadOnlyList<RbacBinding>? cluster, IReadOnlyList<RbacBinding>? namespaces) =>
        Entitlement.Of(outcome, new(namespaces, cluster));

    private static RbacBinding Cluster(string name, string role, params Subject[] subjects) =>
        new(new(RbacKind.ClusterRoleBinding, "", name), new("ClusterRole", role), subjects);

    private static RbacBinding Of(string space, string name, string role, params Subject[] subjects) =>
        new(new(RbacKind.RoleBinding, space, name), new("Role", role), subjects);

    private static Subject User(string name) => Subject.User(name);

    private static Subject Group(string name) => new("Group", name, "rbac.authorization.k8s.io", null);
}
