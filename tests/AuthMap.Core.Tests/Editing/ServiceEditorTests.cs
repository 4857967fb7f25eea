using AuthMap.Core.Tests.Planning;
using AuthMap.Editing;
using AuthMap.Planning;
using AuthMap.Rbac;
using AuthMap.Services;

namespace AuthMap.Core.Tests.Editing;

/// <summary>The loop, with objects around the one write of the map.</summary>
public sealed class ServiceEditorTests
{
    private const string Arn = "arn:aws:iam::111122223333:role/AWSServiceRoleForAmazonEMRContainers";

    private static readonly EditorOptions _minute = new(TimeSpan.FromMinutes(1));
    private static readonly ServiceDefinition _service = ServiceCatalog.Find("emr-containers");
    private static readonly UpsertService _wanted = new("emr-containers", "spark");
    private static readonly RemoveService _unwanted = new("emr-containers", "spark", IgnoreNotFound: false);
    private static readonly string _entry = Maps.Role(Arn, "emr-containers");

    private readonly MemoryObjects _objects = new();
    private readonly MemoryStore _store;

    public ServiceEditorTests() => _store = new MemoryStore { Cluster = _objects }.With(Maps.NodeRow);

    [Fact]
    public async Task Role_and_RoleBinding_come_before_the_mapping()
    {
        _store.BeforeWrite = _ => Assert.Equal(2, _objects.Objects.Count);

        var outcome = await ApplyAsync(_wanted);

        Assert.Equal(OutcomeKind.Written, outcome.Kind);
        Assert.Equal(
            [
                "get Role spark/emr-containers", "get RoleBinding spark/emr-containers", "get namespace spark",
                "Added Role spark/emr-containers", "Added RoleBinding spark/emr-containers",
            ],
            _objects.Asked);
        Assert.Equal(Maps.NodeRow + _entry, _store.Roles);
    }

    [Fact]
    public async Task A_second_run_reads_and_writes_nothing()
    {
        await ApplyAsync(_wanted);
        _objects.Asked.Clear();

        var outcome = await ApplyAsync(_wanted);

        Assert.Equal((OutcomeKind.NothingToDo, 1), (outcome.Kind, _store.Writes));
        Assert.Equal(["get Role spark/emr-containers", "get RoleBinding spark/emr-containers"], _objects.Asked);
    }

    [Fact]
    public async Task Other_wishes_ask_for_no_objects()
    {
        await ApplyAsync(Maps.Create(Maps.Dev, "dev"));
        Assert.Empty(_objects.Asked);
    }

    [Fact]
    public async Task A_place_without_objects_is_not_even_read()
    {
        var store = new MemoryStore();

        var failure = (await Assert.ThrowsAsync<AuthMapException>(() => ApplyAsync(store, _minute, _wanted))).Failure;

        Assert.Equal((FailureKind.Usage, 0), (failure.Kind, store.Reads));
    }

    [Fact]
    public async Task A_dry_run_and_a_no_write_nothing()
    {
        Assert.Equal(OutcomeKind.Planned, (await ApplyAsync(_store, _minute with { DryRun = true }, _wanted)).Kind);
        Assert.Equal(OutcomeKind.Declined, (await ApplyAsync(_store, _minute with { Approve = (_, _) => new(false) }, _wanted)).Kind);
        Assert.Empty(_objects.Objects);
        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public async Task A_missing_namespace_leaves_no_trace_of_any_wish()
    {
        _objects.Namespaces = ["other"];

        var failure = (await Assert.ThrowsAsync<AuthMapException>(() =>
            ApplyAsync(new UpsertService("emr-containers", "other"), _wanted, Maps.Create(Maps.Dev, "dev")))).Failure;

        Assert.Equal(FailureKind.NotFound, failure.Kind);
        Assert.Empty(_objects.Objects);
        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public async Task Who_may_not_see_namespaces_is_not_stopped()
    {
        _objects.Namespaces = null;
        Assert.Equal(OutcomeKind.Written, (await ApplyAsync(_wanted)).Kind);
    }

    [Fact]
    public async Task After_conflicts_and_lost_answers_everything_is_told_as_done()
    {
        _objects.OnWrite(new Fault.LostAnswer(), new Fault.Conflict(), new Fault.LostRequest());
        _store.OnWrite(new Fault.Conflict(), new Fault.LostAnswer());

        var outcome = await ApplyAsync(_wanted);

        Assert.Equal(OutcomeKind.Written, outcome.Kind);
        Assert.Equal(["Added Role", "Added RoleBinding"], outcome.Plan.Objects.Select(change => $"{change.Action} {change.Key.Kind}"));
        Assert.Equal(ChangeAction.Added, Assert.Single(outcome.Plan.Changes).Action);
        Assert.Equal(Maps.NodeRow + _entry, _store.Roles);
    }

    [Fact]
    public async Task The_mapping_goes_before_RoleBinding_and_Role()
    {
        Complete();
        _store.BeforeWrite = _ => Assert.Equal(2, _objects.Objects.Count);

        var outcome = await ApplyAsync(_unwanted);

        Assert.Equal(OutcomeKind.Written, outcome.Kind);
        Assert.Empty(_objects.Objects);
        Assert.Equal(Maps.NodeRow, _store.Roles);
    }

    [Fact]
    public async Task A_removal_goes_on_after_conflicts_and_lost_answers()
    {
        Complete();
        _store.OnWrite(new Fault.LostAnswer());
        _objects.OnWrite(new Fault.LostAnswer(), new Fault.Conflict(), new Fault.LostRequest());

        var outcome = await ApplyAsync(_unwanted);

        Assert.Equal((OutcomeKind.Written, 1), (outcome.Kind, _store.Writes));
        Assert.Equal(["Removed RoleBinding", "Removed Role"], outcome.Plan.Objects.Select(change => $"{change.Action} {change.Key.Kind}"));
        Assert.Equal(ChangeAction.Removed, Assert.Single(outcome.Plan.Changes).Action);
        Assert.Empty(_objects.Objects);
    }

    [Fact]
    public async Task Objects_alone_are_removed_without_a_write_of_the_map()
    {
        Complete();
        _objects.With(_service.BindingIn("other"));

        var outcome = await ApplyAsync(_unwanted);

        Assert.Equal((OutcomeKind.Written, 0), (outcome.Kind, _store.Writes));
        Assert.Equal(Maps.NodeRow + _entry, _store.Roles);
    }

    [Fact]
    public async Task A_failure_half_way_says_what_was_done()
    {
        _objects.OnWrite(null, new Fault.Throws(new(FailureKind.Unauthorized, "no")));

        var failure = (await Assert.ThrowsAsync<AuthMapException>(() => ApplyAsync(_wanted))).Failure;

        Assert.Equal((FailureKind.Unauthorized, "no"), (failure.Kind, failure.Message));
        Assert.Equal(["Role spark/emr-containers was added before that", "the same command again does what is left"], failure.Details);
        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public async Task A_failure_after_the_map_says_so()
    {
        Complete();
        _objects.OnWrite(new Fault.Throws(new(FailureKind.Unauthorized, "no")));

        var failure = (await Assert.ThrowsAsync<AuthMapException>(() => ApplyAsync(_unwanted))).Failure;

        Assert.Equal(["aws-auth was written before that", "the same command again does what is left"], failure.Details);
        Assert.Equal(OutcomeKind.Written, (await ApplyAsync(_unwanted)).Kind);
        Assert.Empty(_objects.Objects);
    }

    private void Complete()
    {
        _store.With(Maps.NodeRow + _entry);
        _objects.With(_service.RoleIn("spark"), _service.BindingIn("spark"));
    }

    private Task<Outcome> ApplyAsync(params Edit[] edits) => ApplyAsync(_store, _minute, edits);

    private static Task<Outcome> ApplyAsync(MemoryStore store, EditorOptions options, params Edit[] edits)
    {
        var clock = new ManualClock();
        return clock.RunAsync(new AwsAuthEditor(store, clock).ApplyAsync(edits, options, TestContext.Current.CancellationToken));
    }
}
