using AuthMap.Cli.Tests.Support;

namespace AuthMap.Cli.Tests;

/// <summary>What is told about a mapping of an AWS service and the objects beside it.</summary>
public sealed class ServiceTests
{
    private const string Arn = "arn:aws:iam::111122223333:role/AWSServiceRoleForAmazonEMRContainers";

    private readonly FakeObjects _objects = new();
    private readonly FakeCluster _cluster;

    public ServiceTests() => _cluster = new("[]\n") { Objects = _objects };

    [Fact]
    public async Task Every_object_is_a_line_in_the_order_of_writing()
    {
        Assert.Equal(
            new(0, "", $"""
                + Role  spark/emr-containers
                + RoleBinding  spark/emr-containers  →  User emr-containers
                + role  {Arn}  →  emr-containers
                dev: 3 added

                """),
            await RunAsync("create"));
        Assert.Equal(
            new(0, "", $"""
                = Role  spark/emr-containers
                = RoleBinding  spark/emr-containers  →  User emr-containers
                = role  {Arn}  →  emr-containers
                dev: nothing to do

                """),
            await RunAsync("create"));
        Assert.Equal(
            new(0, "", $"""
                - role  {Arn}  →  emr-containers
                - RoleBinding  spark/emr-containers
                - Role  spark/emr-containers
                dev: 3 removed
                note: tokens that the server has seen lately may still work for about two minutes

                """),
            await RunAsync("delete"));
        Assert.Equal(
            new(4, "", "error: nothing of emr-containers to remove in the namespace spark\n"),
            await RunAsync("delete"));
    }

    [Fact]
    public async Task All_makes_an_absent_service_no_error()
    {
        var result = await RunAsync("delete", "--all");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("note: nothing of emr-containers to remove in the namespace spark\n", result.Err);
    }

    [Fact]
    public async Task A_dry_run_of_objects_alone_shows_no_difference_of_the_map()
    {
        await RunAsync("create");
        _objects.Objects.Clear();

        Assert.Equal(
            new(0, """
                objects:
                  + Role  spark/emr-containers
                  + RoleBinding  spark/emr-containers  →  User emr-containers

                access: unchanged

                """, "dry run: nothing was written\n"),
            await RunAsync("create", "--dry-run"));
    }

    [Fact]
    public async Task A_plan_lists_the_objects_before_the_access()
    {
        var result = await RunAsync("create", "--output", "yaml");

        Assert.Contains(
            """
            objects:
            - action: added
              kind: Role
              namespace: spark
              name: emr-containers
            - action: added
              kind: RoleBinding
              namespace: spark
              name: emr-containers
            access:

            """,
            result.Out);
    }

    [Fact]
    public async Task The_mapping_that_cannot_be_decided_about_is_left_with_the_command_that_removes_it()
    {
        await RunAsync("create");
        _objects.MayList = false;

        var result = await RunAsync("delete");

        Assert.StartsWith(
            $"warning: the mapping of {Arn} stays: you may not list the RoleBindings of all namespaces, and others may need it; " +
            $"remove it with: authmap delete iamidentitymapping --arn {Arn} --username emr-containers",
            result.Err);
        Assert.Contains("dev: 2 removed\n", result.Err);
    }

    private Task<RunResult> RunAsync(string verb, params string[] more) =>
        new TestRun { Connector = (_, _, _) => new(_cluster, null) }
            .OfAsync([verb, "mapping", "--service-name", "emr-containers", "--namespace", "spark", .. more]);
}
