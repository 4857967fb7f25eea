using System.Text.Json.Nodes;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Editing;
using AuthMap.Planning;
using AuthMap.Rbac;

namespace AuthMap.Cluster.Tests.Kubernetes;

/// <summary>What is sent about Roles and RoleBindings, and what answers mean; the end-to-end tests have the real server.</summary>
public sealed class RbacStoreTests : ApiServerTest
{
    private const string Arn = "arn:aws:eks:eu-west-1:111122223333:cluster/dev";

    private static readonly ObjectKey _role = new(RbacKind.Role, "spark", "emr-containers");
    private static readonly ObjectKey _binding = new(RbacKind.RoleBinding, "spark", "emr-containers");
    private static readonly RbacRole _rules = new(_role, [new([""], ["pods"], ["get"])]) { Version = "7" };

    private IObjectStore Store => Target.Store.Objects!;

    private protected override void Prepare()
    {
        Work.Write("home/.kube/config", Kubeconfig(Arn, "ctx"));
    }

    [Theory]
    [InlineData(Arn, "ctx", Arn)]
    [InlineData("c", Arn, Arn)]
    [InlineData(Arn, "arn:aws:eks:eu-west-1:999999999999:cluster/other", Arn)]
    [InlineData("c", "ctx", null)]
    public void The_cluster_or_else_the_context_is_named_by_an_ARN(string cluster, string context, string? expected)
    {
        Work.Write("home/.kube/config", Kubeconfig(cluster, context));
        using var target = Work.Target();

        Assert.Equal(expected, target.Store.Objects?.ClusterArn);
        Assert.Equal(expected is not null, target.Store.HasObjects);
    }

    [Fact]
    public async Task Creating_sends_the_whole_object()
    {
        Echo();

        await WriteAsync(new(ChangeAction.Added, null, _rules));
        await WriteAsync(new(ChangeAction.Added, null, new RbacBinding(_binding, new("Role", "emr-containers"), [Subject.User("emr-containers")])));

        Assert.Equal(
            [
                "POST /apis/rbac.authorization.k8s.io/v1/namespaces/spark/roles?fieldManager=authmap application/json",
                "POST /apis/rbac.authorization.k8s.io/v1/namespaces/spark/rolebindings?fieldManager=authmap application/json",
            ],
            Server.Requests.Select(request => $"{request.Method} {request.Path}{request.Query} {request.Header("Content-Type")}"));
        Expect(
            """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"emr-containers","namespace":"spark"},
             "rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}
            """,
            Server.Requests[0].Body);
        Expect(
            """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"emr-containers","namespace":"spark"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"emr-containers"},
             "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"emr-containers"}]}
            """,
            Server.Requests[1].Body);
    }

    [Fact]
    public async Task Updating_sends_rules_or_subjects_and_the_version_alone()
    {
        Echo();
        var binding = new RbacBinding(_binding, new("Role", "emr-containers"), [new("ServiceAccount", "helper", null, "default")]) { Version = "8" };

        await Store.WriteAsync(new(ChangeAction.Updated, _rules, _rules), Stop);
        await Store.WriteAsync(new(ChangeAction.Updated, binding, binding), Stop);

        Assert.All(Server.Requests, request => Assert.Equal(("PATCH", "application/merge-patch+json"), (request.Method, request.Header("Content-Type"))));
        Expect("""{"metadata":{"resourceVersion":"7"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}""", Server.Requests[0].Body);
        Expect(
            """{"metadata":{"resourceVersion":"8"},"subjects":[{"kind":"ServiceAccount","name":"helper","namespace":"default"}]}""",
            Server.Requests[1].Body);
    }

    [Fact]
    public async Task Removing_names_the_version_too()
    {
        Server.Instead = (context, _) => ApiServerFake.AnswerAsync(context, 200, """{"kind":"Status","apiVersion":"v1","status":"Success"}""");

        await WriteAsync(new(ChangeAction.Removed, _rules, null));

        Expect("""{"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"resourceVersion":"7"}}""", Assert.Single(Server.Requests).Body);
    }

    [Theory]
    [InlineData(404, typeof(Conflicted))]
    [InlineData(409, typeof(Conflicted))]
    [InlineData(429, typeof(Deferred))]
    [InlineData(500, typeof(Unsettled))]
    public async Task Answers_that_are_no_yes_are_told_apart(int status, Type expected)
    {
        Server.Instead = (context, _) => ApiServerFake.RefuseAsync(context, status, "Reason", "said");

        Assert.IsType(expected, await Store.WriteAsync(new(ChangeAction.Removed, _rules, null), Stop));
    }

    [Fact]
    public async Task A_yes_of_something_else_settles_nothing()
    {
        Server.Instead = (context, _) => ApiServerFake.AnswerAsync(context, 200, "<html>log in</html>", "text/html");

        Assert.IsType<Unsettled>(await Store.WriteAsync(new(ChangeAction.Updated, _rules, _rules), Stop));
        Assert.IsType<Unsettled>(await Store.WriteAsync(new(ChangeAction.Removed, _rules, null), Stop));
        await Assert.ThrowsAsync<AuthMapException>(() => Store.ReadAsync(_role, Stop));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_and_anew_when_it_grew_too_old()
    {
        var isOld = true;
        Server.Instead = (context, request) => request.Query switch
        {
            "?limit=500" => ApiServerFake.AnswerAsync(context, 200, Page("a", "next page")),
            _ when isOld => Once(() => ApiServerFake.RefuseAsync(context, 410, "Expired", "too old")),
            _ => ApiServerFake.AnswerAsync(context, 200, Page("b", null)),
        };

        var bindings = await Store.ListBindingsAsync(Stop);

        Assert.Equal(["a", "b"], bindings!.Select(binding => binding.Key.Namespace));
        Assert.Equal(
            ["?limit=500", "?limit=500&continue=next%20page", "?limit=500", "?limit=500&continue=next%20page"],
            Server.Requests.Select(request => request.Query));

        Task<bool> Once(Func<Task<bool>> answer)
        {
            isOld = false;
            return answer();
        }
    }

    [Fact]
    public async Task What_may_not_be_seen_is_not_known()
    {
        Server.Instead = (context, _) => ApiServerFake.RefuseAsync(context, 403, "Forbidden", "no");

        Assert.Null(await Store.ListBindingsAsync(Stop));
        Assert.Null(await Store.HasNamespaceAsync("spark", Stop));
        Assert.Equal(new(null, null), await Target.Store.ListBindingsAsync(Stop));
        var failure = (await Assert.ThrowsAsync<AuthMapException>(() => Store.ReadAsync(_binding, Stop))).Failure;
        Assert.Equal(FailureKind.Unauthorized, failure.Kind);
        Assert.Equal("it takes the verb get on rolebindings.rbac.authorization.k8s.io in the namespace spark", failure.Hint);
    }

    [Fact]
    public async Task Both_kinds_of_bindings_are_listed_of_any_cluster()
    {
        Work.Write("home/.kube/config", Kubeconfig("c", "ctx"));
        using var target = Work.Target();
        Server.Instead = (context, request) => request.Path.EndsWith("/clusterrolebindings", StringComparison.Ordinal)
            ? ApiServerFake.AnswerAsync(context, 200, """
                {"kind": "ClusterRoleBindingList", "metadata": {}, "items": [{"metadata": {"name": "admins"},
                 "roleRef": {"kind": "ClusterRole", "name": "admin"}, "subjects": [{"kind": "Group", "name": "ops"}]}]}
                """)
            : ApiServerFake.AnswerAsync(context, 200, Page("a", null));

        var bindings = (await target.Store.ListBindingsAsync(Stop))!;

        Assert.Equal("a", Assert.Single(bindings.OfNamespaces!).Key.Namespace);
        var admins = Assert.Single(bindings.OfCluster!);
        Assert.Equal(("ClusterRoleBinding admins", "ClusterRole admin", "Group ops"), ($"{admins.Key}", $"{admins.Role}", $"{admins.Subjects[0]}"));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        Server.Instead = (context, _) => ApiServerFake.RefuseAsync(context, 404, "NotFound", "not found");

        Assert.Null(await Store.ReadAsync(_role, Stop));
        Assert.False(await Store.HasNamespaceAsync("spark", Stop));
    }

    private void Echo() => Server.Instead = (context, request) => ApiServerFake.AnswerAsync(context, 200, $$"""
        {
          "kind": "{{(request.Path.Contains("/roles", StringComparison.Ordinal) ? "Role" : "RoleBinding")}}",
          "metadata": { "name": "emr-containers", "namespace": "spark", "resourceVersion": "9", "managedFields": [{ "fieldsV1": { "f:rules": {} } }] },
          "roleRef": { "kind": "Role", "name": "emr-containers" }
        }
        """);

    private async Task WriteAsync(ObjectChange change) => Assert.IsType<Written>(await Store.WriteAsync(change, Stop));

    private static void Expect(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);

    private static string Page(string space, string? next) => $$"""
        {
          "kind": "RoleBindingList",
          "metadata": { {{(next is null ? "" : $"\"continue\": \"{next}\"")}} },
          "items": [{ "metadata": { "name": "x", "namespace": "{{space}}" }, "roleRef": { "kind": "Role", "name": "x" } }]
        }
        """;

    private string Kubeconfig(string cluster, string context) => $$"""
        apiVersion: v1
        kind: Config
        current-context: {{context}}
        clusters:
        - name: {{cluster}}
          cluster: {server: "http://127.0.0.1:{{Server.Port}}"}
        contexts:
        - name: {{context}}
          context: {cluster: "{{cluster}}", user: u}
        users:
        - name: u
          user: {token: t}
        """;
}
