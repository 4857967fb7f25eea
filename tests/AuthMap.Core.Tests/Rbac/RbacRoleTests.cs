using AuthMap.Rbac;

namespace AuthMap.Core.Tests.Rbac;

public sealed class RbacRoleTests
{
    private static readonly PolicyRule _pods = new(["", "apps"], ["pods", "deployments"], ["get", "list"]);

    [Fact]
    public void However_rules_are_cut_they_allow_the_same()
    {
        var cut = Role(
            new(["apps"], ["deployments", "pods"], ["list", "get", "get"]),
            new([""], ["pods"], ["get"]),
            new([""], ["pods"], ["list"]),
            new([""], ["deployments"], ["list", "get"]));

        Assert.True(cut.AllowsSameAs(Role(_pods)));
        Assert.True(Role(_pods).AllowsSameAs(cut));
    }

    [Fact]
    public void More_and_less_is_not_the_same()
    {
        var more = Role(_pods, new([""], ["secrets"], ["get"]));

        Assert.False(more.AllowsSameAs(Role(_pods)));
        Assert.False(Role(_pods).AllowsSameAs(more));
        Assert.Equal("get secrets", Assert.Single(more.Beyond(Role(_pods))).ToString());
        Assert.Empty(Role(_pods).Beyond(more));
    }

    [Fact]
    public void A_rule_for_named_objects_is_not_one_for_all()
    {
        var named = Role(_pods with { ResourceNames = ["a"] });

        Assert.False(named.AllowsSameAs(Role(_pods)));
        Assert.True(named.AllowsSameAs(Role(_pods with { ResourceNames = ["a", "a"] })));
        Assert.Contains("list deployments.apps/a", named.Beyond(Role(_pods)).Select(right => right.ToString()));
    }

    [Fact]
    public void A_wildcard_is_not_what_it_stands_for() =>
        Assert.False(Role(new PolicyRule(["*"], ["*"], ["*"])).AllowsSameAs(Role(_pods)));

    [Fact]
    public void A_rule_without_end_is_told_apart_at_once()
    {
        string[] words = [.. Enumerable.Range(0, 20_000).Select(number => $"w{number}")];

        Assert.False(Role(new PolicyRule(words, words, words)).AllowsSameAs(Role(_pods)));
    }

    private static RbacRole Role(params PolicyRule[] rules) => new(new(RbacKind.Role, "spark", "x"), rules);
}
