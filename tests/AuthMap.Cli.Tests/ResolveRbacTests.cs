using AuthMap.Cli.Tests.Support;
using AuthMap.Rbac;

namespace AuthMap.Cli.Tests;

/// <summary>What a caller may do, under the answer of who it is.</summary>
public sealed class ResolveRbacTests
{
    private const string Arn = "arn:aws:iam::111122223333:role/k8sDev";

    private static readonly RbacBinding _devs = new(
        new(RbacKind.ClusterRoleBinding, "", "devs"), new("ClusterRole", "view"), [Group("view"), Group("editors")]);

    private static readonly RbacBinding _spark = new(
        new(RbacKind.RoleBinding, "spark", "dev"), new("ClusterRole", "edit"), [Subject.User("dev-user")]);

    private static readonly RbacBinding _everybody = new(
        new(RbacKind.ClusterRoleBinding, "", "system:discovery"), new("ClusterRole", "system:discovery"), [Group("system:authenticated")]);

    [Fact]
    public async Task Bindings_stand_under_whom_they_bind_and_loose_groups_below() => Assert.Equal(
        new(0, $"""
            {Arn}
              enters as   dev-user
              groups      view, edit
              because     mapRoles line 1
              entry       rolearn: {Arn}
                          username: dev-user
                          groups: [view, edit]
              may         edit in spark (RoleBinding dev), by its username
              may         view (ClusterRoleBinding devs), by group view
              may         system:discovery (ClusterRoleBinding system:discovery), by group system:authenticated, as everybody who enters
              note        group "edit" is bound to nothing, did you mean "editors"?

            """, ""),
        await RunAsync("view, edit", new([_spark], [_devs, _everybody])));

    [Fact]
    public async Task Administrators_need_no_binding()
    {
        var result = await RunAsync("system:masters", new([], []));

        Assert.EndsWith("  may         everything: group system:masters needs no binding\n", result.Out);
    }

    [Fact]
    public async Task Whoever_is_bound_to_nothing_is_told_so()
    {
        var result = await RunAsync("", new([], [_devs, _everybody]));

        Assert.EndsWith("  note        neither the username nor one of the groups is bound to anything\n", result.Out);
    }

    [Fact]
    public async Task A_username_that_is_not_known_to_the_letter_may_be_bound()
    {
        var cluster = new FakeCluster($$$"""
            - rolearn: {{{Arn}}}
              username: dev:{{SessionName}}

            """)
        { Bindings = new([], []) };

        Assert.DoesNotContain("bound to", (await RunAsync(cluster)).Out);
    }

    [Fact]
    public async Task What_may_not_be_listed_is_said_and_changes_no_exit_code()
    {
        var result = await RunAsync("view", new(null, [_devs]));

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith(
            "  may         view (ClusterRoleBinding devs), by group view\n  note        there may be more: you may not list RoleBindings\n",
            result.Out);
    }

    [Fact]
    public async Task Programs_find_it_under_rbac()
    {
        var result = await RunAsync("edit, system:masters", new([_spark], [_devs]), "-o", "yaml");

        Assert.EndsWith("""
            rbac:
            - bindings:
              - kind: RoleBinding
                namespace: spark
                name: dev
                role:
                  kind: ClusterRole
                  name: edit
                subject:
                  kind: User
                  name: dev-user
              unbound:
              - group: edit
                nearest: editors
              needNoBinding:
              - system:masters
              hidden: []

            """, result.Out);
    }

    [Fact]
    public async Task Who_is_turned_away_may_nothing()
    {
        var cluster = new FakeCluster("[]\n") { Bindings = new([], [_everybody]) };

        var result = await RunAsync(cluster);

        Assert.Equal(new(4, $"{Arn}\n  denied      no entry matches\n", ""), result);
    }

    private static Task<RunResult> RunAsync(string groups, KnownBindings bindings, params string[] more) => RunAsync(
        new FakeCluster($"- rolearn: {Arn}\n  username: dev-user\n  groups: [{groups}]\n") { Bindings = bindings }, more);

    private static Task<RunResult> RunAsync(FakeCluster cluster, params string[] more) =>
        new TestRun { Connector = (_, _, _) => new(cluster, null) }.OfAsync(["resolve", "--rbac", "--arn", Arn, .. more]);

    private static Subject Group(string name) => new("Group", name, "rbac.authorization.k8s.io", null);
}
