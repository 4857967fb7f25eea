using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Planning;
using AuthMap.Rbac;
using AuthMap.Services;

namespace AuthMap.Core.Tests.Planning;

public sealed class PlannerServiceTests
{
    private const string Name = "emr-containers";
    private const string Arn = "arn:aws:iam::111122223333:role/AWSServiceRoleForAmazonEMRContainers";

    private static readonly ServiceDefinition _service = ServiceCatalog.Find(Name);
    private static readonly UpsertService _wanted = new(Name, "spark");
    private static readonly RemoveService _unwanted = new(Name, "spark", IgnoreNotFound: false);
    private static readonly Subject _helper = new("ServiceAccount", "helper", null, "default");
    private static readonly string _entry = Maps.Role(Arn, Name);

    [Fact]
    public void Creating_is_Role_then_RoleBinding_then_mapping()
    {
        var plan = Planner.Plan(Maps.Of(Maps.NodeRow), [_wanted], State());

        Assert.Equal(["Added Role spark/emr-containers", "Added RoleBinding spark/emr-containers", "aws-auth"], Steps(plan));
        Assert.Equal(Maps.NodeRow + _entry, plan.After[SectionKey.MapRoles].Text);
        Assert.Equal(ChangeAction.Added, Assert.Single(plan.Changes).Action);
    }

    [Fact]
    public void What_is_there_already_is_no_step()
    {
        var plan = Planner.Plan(Maps.Of(_entry), [_wanted], State(_service.RoleIn("spark"), _service.BindingIn("spark")));

        Assert.Empty(plan.Steps);
        Assert.All(plan.Objects, change => Assert.Equal(ChangeAction.Unchanged, change.Action));
        Assert.Equal(ChangeAction.Unchanged, Assert.Single(plan.Changes).Action);
    }

    [Fact]
    public void An_entry_that_is_there_keeps_its_groups()
    {
        Assert.Empty(Planner.Plan(Maps.Of(Maps.Role(Arn, Name, "extra")), [_wanted], Complete()).Steps);

        var renamed = Planner.Plan(Maps.Of(Maps.Role(Arn, "x", "extra")), [_wanted], Complete());
        Assert.Equal(Maps.Role(Arn, Name, "extra"), renamed.After[SectionKey.MapRoles].Text);
    }

    [Fact]
    public void Several_namespaces_and_other_wishes_are_one_plan()
    {
        var plan = Planner.Plan(
            Maps.Of(Maps.NodeRow), [_wanted, Maps.Create(Maps.Dev, "dev"), new UpsertService(Name, "other"), _wanted], State());

        Assert.Equal(5, plan.Steps.Count);
        Assert.Equal(Maps.NodeRow + _entry + Maps.Role(Maps.Dev, "dev"), plan.After[SectionKey.MapRoles].Text);
    }

    [Fact]
    public void Rules_become_those_of_the_service_and_what_is_lost_is_said()
    {
        var old = _service.RoleIn("spark") with { Rules = [new([""], ["pods"], ["get", "escape"])], Version = "7" };

        var plan = Planner.Plan(Maps.Of(_entry), [_wanted], State(old, _service.BindingIn("spark")));

        var change = Assert.Single(plan.Steps.OfType<WriteObject>()).Change;
        Assert.Equal((ChangeAction.Updated, "7"), (change.Action, change.Before!.Version));
        Assert.Same(_service.Rules, Assert.IsType<RbacRole>(change.After).Rules);
        Assert.Equal("Role spark/emr-containers loses what only it allowed: escape pods", Assert.Single(plan.Notices).Text);
    }

    [Fact]
    public void Subjects_of_others_stay()
    {
        var plan = Planner.Plan(Maps.Of(_entry), [_wanted], State(_service.RoleIn("spark"), _service.BindingIn("spark") with { Subjects = [_helper] }));

        var change = Assert.Single(plan.Steps.OfType<WriteObject>()).Change;
        Assert.Equal([_helper, Subject.User(Name)], Assert.IsType<RbacBinding>(change.After).Subjects);
        Assert.False(change.IsWithdrawal);
    }

    [Fact]
    public void A_binding_to_something_else_cannot_be_mended()
    {
        var failure = Refused(Maps.Of(_entry), State(_service.BindingIn("spark") with { Role = new("ClusterRole", "edit") }), _wanted);

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Equal("RoleBinding spark/emr-containers binds to ClusterRole edit, and the API lets nobody change that", failure.Message);
        Assert.Equal("if nothing else needs it, remove it first: kubectl delete rolebinding emr-containers --namespace spark", failure.Hint);
    }

    [Fact]
    public void A_missing_namespace_is_not_found()
    {
        var failure = Refused(Maps.Of(), State() with { MissingNamespaces = ["spark"] }, _wanted);

        Assert.Equal((FailureKind.NotFound, "there is no namespace spark"), (failure.Kind, failure.Message));
    }

    [Fact]
    public void Removing_is_mapping_then_RoleBinding_then_Role()
    {
        var plan = Planner.Plan(Maps.Of(Maps.NodeRow + _entry), [_unwanted], Complete());

        Assert.Equal(["aws-auth", "Removed RoleBinding spark/emr-containers", "Removed Role spark/emr-containers"], Steps(plan));
        Assert.Equal(Maps.NodeRow, plan.After[SectionKey.MapRoles].Text);
        Assert.Empty(plan.Notices);
    }

    [Fact]
    public void The_mapping_stays_while_another_namespace_has_the_user_bound()
    {
        var other = new RbacBinding(new(RbacKind.RoleBinding, "other", "by-hand"), new("ClusterRole", "edit"), [Subject.User(Name)]);
        var state = Complete();

        var plan = Planner.Plan(Maps.Of(_entry), [_unwanted], state with { Bindings = [.. state.Bindings!, other] });

        Assert.False(plan.WritesMap);
        Assert.Equal(2, plan.Steps.Count);
        Assert.Equal($"the mapping of {Arn} stays: emr-containers is still bound in other", Assert.Single(plan.Notices).Text);
    }

    [Fact]
    public void The_mapping_goes_with_the_last_of_several_namespaces()
    {
        var state = State(
            _service.RoleIn("spark"), _service.BindingIn("spark"), _service.RoleIn("other"), _service.BindingIn("other"));

        var plan = Planner.Plan(Maps.Of(_entry), [_unwanted, _unwanted with { Namespace = "other" }], state);

        Assert.Equal(5, plan.Steps.Count);
        Assert.Equal("[]\n", plan.After[SectionKey.MapRoles].Text);
    }

    [Fact]
    public void A_service_that_moves_keeps_its_mapping()
    {
        var plan = Planner.Plan(Maps.Of(_entry), [_unwanted, _wanted with { Namespace = "other" }], Complete());

        Assert.False(plan.WritesMap);
        Assert.Equal(
            ["Added Role other/emr-containers", "Added RoleBinding other/emr-containers", "Removed RoleBinding spark/emr-containers", "Removed Role spark/emr-containers"],
            Steps(plan));
    }

    [Fact]
    public void The_mapping_stays_when_bindings_may_not_be_listed()
    {
        var plan = Planner.Plan(Maps.Of(_entry), [_unwanted], Complete() with { Bindings = null });

        Assert.False(plan.WritesMap);
        var notice = Assert.Single(plan.Notices);
        Assert.Equal(NoticeLevel.Warning, notice.Level);
        Assert.Equal($"delete iamidentitymapping --arn {Arn} --username emr-containers", notice.Remedy);
    }

    [Fact]
    public void What_is_not_as_authmap_writes_it_stays_and_is_named()
    {
        var state = State(
            _service.RoleIn("spark") with { Rules = [new([""], ["pods"], ["get"])] },
            _service.BindingIn("spark") with { Role = new("Role", "mine"), Subjects = [_helper] });

        var plan = Planner.Plan(Maps.Of(_entry), [_unwanted], state);

        Assert.Equal(["aws-auth"], Steps(plan));
        Assert.Equal(
            [
                "RoleBinding spark/emr-containers stays: it binds to Role mine; to remove it: kubectl delete rolebinding emr-containers --namespace spark",
                "Role spark/emr-containers stays: its rules are not those that authmap writes; to remove it: kubectl delete role emr-containers --namespace spark",
            ],
            plan.Notices.Select(notice => notice.Text));
    }

    [Fact]
    public void A_Role_that_another_binding_uses_stays()
    {
        var state = Complete();
        var other = new RbacBinding(new(RbacKind.RoleBinding, "spark", "mine"), new("Role", Name), [_helper]);

        var plan = Planner.Plan(Maps.Of(_entry), [_unwanted], state with { Bindings = [.. state.Bindings!, other] });

        Assert.Equal(["aws-auth", "Removed RoleBinding spark/emr-containers"], Steps(plan));
        Assert.Equal("Role spark/emr-containers stays: it is bound by RoleBinding spark/mine", Assert.Single(plan.Notices).Text);
    }

    [Fact]
    public void Nothing_at_all_is_not_found_unless_that_is_fine()
    {
        var failure = Refused(Maps.Of(Maps.NodeRow), State(), _unwanted);
        Assert.Equal((FailureKind.NotFound, "nothing of emr-containers to remove in the namespace spark"), (failure.Kind, failure.Message));

        var plan = Planner.Plan(Maps.Of(Maps.NodeRow), [_unwanted with { IgnoreNotFound = true }], State());
        Assert.Empty(plan.Steps);
        Assert.Contains(plan.Notices, notice => notice.Text == "nothing of emr-containers to remove in the namespace spark");
    }

    [Fact]
    public void What_keeps_a_removal_from_anything_is_told()
    {
        var other = _service.BindingIn("other");

        var failure = Refused(Maps.Of(_entry), State() with { Bindings = [other] }, _unwanted);

        Assert.Equal(FailureKind.NotFound, failure.Kind);
        Assert.Equal($"the mapping of {Arn} stays: emr-containers is still bound in other", Assert.Single(failure.Details));
    }

    [Fact]
    public void A_map_that_cannot_be_read_may_hold_the_mapping()
    {
        Assert.Equal(FailureKind.Refused, Refused(Maps.Of("- a: b: c"), Complete(), _unwanted).Kind);
    }

    [Fact]
    public void Wanted_and_unwanted_at_once_is_a_contradiction()
    {
        Assert.Equal(FailureKind.Usage, Refused(Maps.Of(), State(), _wanted, _unwanted).Kind);
    }

    [Theory]
    [InlineData("batch", "spark", "invalid service name \"batch\"")]
    [InlineData(Name, "Spark", "\"Spark\" cannot be the name of a namespace")]
    [InlineData(Name, "../x", "\"../x\" cannot be the name of a namespace")]
    [InlineData(Name, "-a", "\"-a\" cannot be the name of a namespace")]
    [InlineData(Name, "", "\"\" cannot be the name of a namespace")]
    public void What_can_never_be_is_refused_without_a_cluster(string service, string space, string message)
    {
        var failure = Assert.Throws<AuthMapException>(() => Planner.Check([new UpsertService(service, space)])).Failure;
        Assert.Equal((FailureKind.Usage, message), (failure.Kind, failure.Message));
        Assert.Throws<AuthMapException>(() => Planner.Check([new RemoveService(service, space, true)]));
    }

    [Fact]
    public void Without_a_cluster_there_is_no_service_mapping() =>
        Assert.Equal(FailureKind.Usage, Maps.Refused(Maps.Of(), _wanted).Kind);

    private static ClusterState Complete() => State(_service.RoleIn("spark"), _service.BindingIn("spark"));

    private static ClusterState State(params RbacObject[] objects) => new(ClusterArn.Find("arn:aws:eks:eu-west-1:111122223333:cluster/dev")!)
    {
        Objects = objects.ToDictionary(each => each.Key),
        Bindings = [.. objects.OfType<RbacBinding>()],
    };

    private static Failure Refused(AwsAuthDocument document, ClusterState state, params Edit[] edits) =>
        Assert.Throws<AuthMapException>(() => Planner.Plan(document, edits, state)).Failure;

    private static IEnumerable<string> Steps(Plan plan) =>
        plan.Steps.Select(step => step is WriteObject { Change: var change } ? $"{change.Action} {change.Key}" : "aws-auth");
}
