using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Editing;
using AuthMap.Rbac;

namespace AuthMap.Cluster.Tests.Kubernetes;

/// <summary>What is read of Roles and bindings.</summary>
public sealed class RbacAnswerTests : ApiServerTest
{
    private static readonly ObjectKey _role = new(RbacKind.Role, "spark", "emr-containers");
    private static readonly ObjectKey _binding = new(RbacKind.RoleBinding, "spark", "emr-containers");

    private IObjectStore Store => Target.Store.Objects!;

    private protected override void Prepare()
    {
        Work.Write("home/.kube/config", $$"""
            apiVersion: v1
            kind: Config
            current-context: ctx
            clusters: [{name: "arn:aws:eks:eu-west-1:111122223333:cluster/dev", cluster: {server: "http://127.0.0.1:{{Server.Port}}" } }]
            contexts: [{name: ctx, context: {cluster: "arn:aws:eks:eu-west-1:111122223333:cluster/dev", user: u} }]
            users: [{name: u, user: {token: t} }]
            """);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kind": "Role"}""")]
    [InlineData("""{"kind": "Role", "metadata": []}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers"}}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "other", "namespace": "spark"}}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": 1}}""")]
    [InlineData("""{"kind": "RoleBinding", "metadata": {"name": "emr-containers", "namespace": "spark"}}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark", "resourceVersion": 9}}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark"}, "rules": {}}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark"}, "rules": ["get"]}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark"}, "rules": [{"verbs": "get"}]}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark"}, "rules": [{"verbs": [1]}]}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark"}, "rules": [{"resourceNames": "x"}]}""")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark"}""")]
    public async Task What_is_no_role_is_not_the_answer_of_an_API(string body)
    {
        Answer(body);

        await NotAnApiAsync(() => Store.ReadAsync(_role, Stop));
    }

    [Theory]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark"}}""", null, "")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark", "resourceVersion": null}, "rules": null}""", null, "")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark", "resourceVersion": "9"}, "rules": [{}]}""", "9", "///")]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark", "resourceVersion": "8", "resourceVersion": "9", "x": 1}, "rules": [{"verbs": ["get", "list"], "apiGroups": ["", "apps"], "resources": ["\u0070ods"], "resourceNames": ["a"], "x": []}, {"resourceNames": null, "verbs": ["*"]}]}""", "9", ",apps/pods/a/get,list ///*")]
    public async Task A_role_may_leave_things_out_and_say_more(string body, string? version, string rules)
    {
        Answer(body);

        var role = Assert.IsType<RbacRole>(await Store.ReadAsync(_role, Stop));

        Assert.Equal((_role, version), (role.Key, role.Version));
        Assert.Equal(rules, string.Join(' ', role.Rules.Select(rule =>
            $"{string.Join(',', rule.ApiGroups)}/{string.Join(',', rule.Resources)}/{string.Join(',', rule.ResourceNames)}/{string.Join(',', rule.Verbs)}")));
    }

    [Theory]
    [InlineData("""{"kind": "Role", "metadata": {"name": "emr-containers", "namespace": "spark"}}""")]
    [InlineData("""{"kind": "RoleBinding", "metadata": {"name": "emr-containers", "namespace": "spark"}, "roleRef": "x"}""")]
    [InlineData("""{"kind": "RoleBinding", "metadata": {"name": "emr-containers", "namespace": "spark"}, "roleRef": {"name": 1}}""")]
    [InlineData("""{"kind": "RoleBinding", "metadata": {"name": "emr-containers", "namespace": "spark"}, "subjects": {}}""")]
    [InlineData("""{"kind": "RoleBinding", "metadata": {"name": "emr-containers", "namespace": "spark"}, "subjects": ["x"]}""")]
    [InlineData("""{"kind": "RoleBinding", "metadata": {"name": "emr-containers", "namespace": "spark"}, "subjects": [{"kind": 1}]}""")]
    public async Task What_is_no_binding_is_not_the_answer_of_an_API(string body)
    {
        Answer(body);

        await NotAnApiAsync(() => Store.ReadAsync(_binding, Stop));
    }

    [Theory]
    [InlineData("""{"kind": "RoleBinding", "metadata": {"name": "emr-containers", "namespace": "spark"}}""", " ", "")]
    [InlineData("""{"kind": "RoleBinding", "metadata": {"name": "emr-containers", "namespace": "spark"}, "roleRef": {"kind": null}, "subjects": null}""", " ", "")]
    [InlineData("""{"kind": "RoleBinding", "metadata": {"name": "emr-containers", "namespace": "spark"}, "roleRef": {"apiGroup": "g", "kind": "Role", "name": "r"}, "subjects": [{"kind": "User", "name": "u", "apiGroup": "", "namespace": null}, {"x": 1, "kind": "ServiceAccount", "name": "s", "apiGroup": "g", "namespace": "n"}]}""", "Role r", "User,u,, ServiceAccount,s,g,n")]
    public async Task A_binding_may_leave_things_out_and_say_more(string body, string role, string subjects)
    {
        Answer(body);

        var binding = Assert.IsType<RbacBinding>(await Store.ReadAsync(_binding, Stop));

        Assert.Equal((_binding, role), (binding.Key, binding.Role.ToString()));
        Assert.Equal(subjects, string.Join(' ', binding.Subjects.Select(subject => $"{subject.Kind},{subject.Name},{subject.ApiGroup},{subject.Namespace}")));
        Assert.DoesNotContain(binding.Subjects, subject => subject.ApiGroup == "" || subject.Namespace == "");
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"items": null}""")]
    [InlineData("""{"items": {}}""")]
    [InlineData("""{"items": ["x"]}""")]
    [InlineData("""{"items": [], "metadata": {"continue": 1}}""")]
    [InlineData("""{"items": [{"metadata": {"name": 1}}]}""")]
    public async Task What_is_no_list_is_not_the_answer_of_an_API(string body)
    {
        Answer(body);

        await NotAnApiAsync(() => Store.ListBindingsAsync(Stop));
        await NotAnApiAsync(() => Target.Store.ListBindingsAsync(Stop));
    }

    [Theory]
    [InlineData("""{"items": []}""", "")]
    [InlineData("""{"items": [], "metadata": null}""", "")]
    [InlineData("""{"items": [], "metadata": {"continue": ""}}""", "")]
    [InlineData("""{"x": 1, "items": [{"metadata": {"name": "a"}}, {"metadata": {"name": "b", "namespace": "n"}}]}""", "a b")]
    public async Task A_list_may_leave_things_out_and_say_more(string body, string names)
    {
        Answer(body);

        var bindings = (await Target.Store.ListBindingsAsync(Stop))!;

        Assert.Equal(names, string.Join(' ', bindings.OfCluster!.Select(binding => binding.Key.Name)));
        Assert.Equal(names, string.Join(' ', bindings.OfNamespaces!.Select(binding => binding.Key.Name)));
        Assert.All(bindings.OfCluster!, binding => Assert.Equal("", binding.Key.Namespace));
    }

    [Fact]
    public async Task Nothing_that_can_be_read_is_escaped()
    {
        Answer("{}");

        await Store.WriteAsync(new(AuthMap.Planning.ChangeAction.Added, null, new RbacBinding(_binding, new("Role", "a&b"), [Subject.User("<é>'+")])), Stop);

        Assert.Equal(
            """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"emr-containers","namespace":"spark"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"a&b"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"<é>'+"}]}
            """,
            Assert.Single(Server.Requests).Body);
    }

    private void Answer(string body) => Server.Instead = (context, _) => ApiServerFake.AnswerAsync(context, 200, body);

    private static async Task NotAnApiAsync(Func<Task> action) => Assert.Equal(
        "ctx does not answer as a Kubernetes API server does: 200, application/json", (await Expect.FailureAsync(FailureKind.Failed, action)).Message);
}
