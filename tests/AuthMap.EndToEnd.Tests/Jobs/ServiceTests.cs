using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>Mappings of AWS services: Role, RoleBinding and entry of the map come, stay and go together.</summary>
public sealed class ServiceTests(ApiServer server) : ProgramTest(server)
{
    private const string Cluster = $"arn:aws-cn:eks:cn-north-1:{Maps.Account}:cluster/spark";
    private const string Arn = $"arn:aws-cn:iam::{Maps.Account}:role/AWSServiceRoleForAmazonEMRContainers";
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";

    private static readonly string Entry = Maps.Role(Arn, "emr-containers");

    // A namespace goes for good only where there is a controller, so each test has its own.
    private readonly string _space = $"spark-{Guid.NewGuid():N}"[..20];
    private FaultProxy _proxy = null!;
    private string _admin = "";
    private string _editor = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Server.KubectlAsync("create", "namespace", _space)).Succeeded();
        _proxy = await FaultProxy.StartAsync(Server);
        _admin = await WriteAsync(Server.Admin);
        _editor = await WriteAsync(Server.Editor);
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await DropBindingsAsync();
            await _proxy.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private string Asked => string.Join(' ', _proxy.Requests.Select(request => request.Method));

    [Fact]
    public async Task The_user_of_the_service_can_work_in_its_namespace_and_in_no_other()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await AsServiceAsync($"/api/v1/namespaces/{_space}/pods"));

        var result = (await CreateAsync()).Succeeded();

        Assert.Equal(
            $"""
            + Role  {_space}/emr-containers
            + RoleBinding  {_space}/emr-containers  →  User emr-containers
            + role  {Arn}  →  emr-containers
            admin: 3 added

            """,
            Own(result));
        Assert.Equal(Maps.Nodes + Entry, await Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.True(await Eventually.IsTrueAsync(
            async () => await AsServiceAsync($"/api/v1/namespaces/{_space}/pods") == HttpStatusCode.OK, TimeSpan.FromSeconds(10)));
        Assert.Equal(HttpStatusCode.OK, await AsServiceAsync($"/apis/networking.k8s.io/v1/namespaces/{_space}/ingresses"));
        Assert.Equal(HttpStatusCode.OK, await AsServiceAsync($"/api/v1/namespaces/{_space}/persistentvolumeclaims"));
        Assert.Equal(HttpStatusCode.OK, await AsServiceAsync($"/api/v1/namespaces/{_space}"));
        Assert.Equal(HttpStatusCode.Forbidden, await AsServiceAsync($"/api/v1/namespaces/{_space}/secrets"));
        Assert.Equal(HttpStatusCode.Forbidden, await AsServiceAsync("/api/v1/namespaces/default/pods"));
        Assert.Equal(HttpStatusCode.Forbidden, await AsServiceAsync("/api/v1/namespaces/kube-system/configmaps/aws-auth"));
    }

    [Fact]
    public async Task A_second_run_sends_no_writes()
    {
        (await CreateAsync()).Succeeded();
        var before = (await Server.AwsAuth.GetAsync())!.ToJsonString();

        var result = (await CreateAsync()).Succeeded();

        Assert.Equal("GET GET GET", string.Join(' ', Asked.Split(' ')[^3..]));
        Assert.EndsWith("admin: nothing to do\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await Server.AwsAuth.GetAsync())!.ToJsonString());
    }

    [Fact]
    public async Task Labels_and_annotations_of_others_stay_when_rules_are_brought_up_to_date()
    {
        await PostAsync("roles", $$"""
            {
              "metadata": { "name": "emr-containers", "labels": { "team": "data" }, "annotations": { "why": "spark" } },
              "rules": [{ "apiGroups": [""], "resources": ["pods"], "verbs": ["get", "escape"] }]
            }
            """);
        await PostAsync("rolebindings", """
            {
              "metadata": { "name": "emr-containers", "labels": { "team": "data" } },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "emr-containers" },
              "subjects": [{ "kind": "ServiceAccount", "name": "helper", "namespace": "default" }]
            }
            """);

        var result = (await CreateAsync()).Succeeded();

        Assert.Contains($"warning: Role {_space}/emr-containers loses what only it allowed: escape pods\n", result.Error, StringComparison.Ordinal);
        Assert.Contains($"~ Role  {_space}/emr-containers\n", result.Error, StringComparison.Ordinal);
        var role = (await GetAsync("roles"))!;
        Assert.Equal("data", (string?)role["metadata"]!["labels"]!["team"]);
        Assert.Equal("spark", (string?)role["metadata"]!["annotations"]!["why"]);
        Assert.Equal(9, role["rules"]!.AsArray().Count);
        var binding = (await GetAsync("rolebindings"))!;
        Assert.Equal("data", (string?)binding["metadata"]!["labels"]!["team"]);
        Assert.Equal(["helper", "emr-containers"], binding["subjects"]!.AsArray().Select(subject => (string?)subject!["name"]));
        Assert.Equal("default", (string?)binding["subjects"]![0]!["namespace"]);
        Assert.EndsWith("admin: nothing to do\n", (await CreateAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_that_are_cut_in_another_way_are_as_good()
    {
        (await CreateAsync()).Succeeded();
        var role = (await GetAsync("roles"))!;
        var rules = role["rules"]!.AsArray();
        role["rules"] = new JsonArray([.. rules.Reverse().Select(rule => rule!.DeepClone())]);
        await SendAsync(HttpMethod.Put, $"{Rbac}/namespaces/{_space}/roles/emr-containers", role.ToJsonString());

        Assert.EndsWith("admin: nothing to do\n", (await CreateAsync()).Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_is_named_and_nothing_is_written()
    {
        var result = await RunWithAsync(_admin, "create", "--service-name", "emr-containers", "--namespace", "nowhere");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("error: there is no namespace nowhere\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("hint: make it first: kubectl create namespace nowhere\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("GET GET GET GET", Asked);
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Who_may_not_see_namespaces_learns_of_a_missing_one_by_the_first_write()
    {
        await AllowEditorAsync("kube-system", ["create", "get"]);
        _proxy.Next(HttpMethod.Get, Faults.None);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            _proxy.Next(HttpMethod.Get, Faults.Reply(Answer.Error(HttpStatusCode.NotFound, "NotFound", "not found")));
        }

        _proxy.Next(HttpMethod.Post, Faults.Reply(Answer.Error(HttpStatusCode.NotFound, "NotFound", "namespaces \\\"nowhere\\\" not found")));

        var result = await RunWithAsync(_editor, "create", "--service-name", "emr-containers", "--namespace", "nowhere");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("error: editor has no namespace nowhere\n  namespaces \"nowhere\" not found\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("GET GET GET GET POST", Asked);
    }

    [Fact]
    public async Task A_binding_to_another_role_is_refused_and_nothing_is_written()
    {
        await PostAsync("rolebindings", """
            {
              "metadata": { "name": "emr-containers" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view" },
              "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "emr-containers" }]
            }
            """);

        var result = await CreateAsync();

        Assert.Equal(6, result.ExitCode);
        Assert.Contains(
            $"error: RoleBinding {_space}/emr-containers binds to ClusterRole view, and the API lets nobody change that\n", result.Error, StringComparison.Ordinal);
        Assert.Contains($"kubectl delete rolebinding emr-containers --namespace {_space}\n", result.Error, StringComparison.Ordinal);
        Assert.Null(await GetAsync("roles"));
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Who_may_write_roles_cannot_hand_out_more_than_he_has()
    {
        await AllowEditorAsync(_space, ["get", "create", "patch"]);

        var result = await RunWithAsync(_editor, "create", "--service-name", "emr-containers", "--namespace", _space);

        Assert.Equal(7, result.ExitCode);
        Assert.Contains($"error: editor does not let you create Role {_space}/emr-containers: it allows more than you may do yourself\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("attempting to grant RBAC permissions not currently held", result.Error, StringComparison.Ordinal);
        Assert.Contains($"hint: let a cluster administrator do it, or have the verb escalate on roles in the namespace {_space}\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_dry_run_shows_every_object_and_writes_none()
    {
        var result = await CreateAsync("--dry-run", "--exit-code");

        Assert.Equal(3, result.ExitCode);
        Assert.EndsWith(
            $"""

            objects:
              + Role  {_space}/emr-containers
              + RoleBinding  {_space}/emr-containers  →  User emr-containers

            access:
              + emr-containers (role AWSServiceRoleForAmazonEMRContainers) can enter

            """,
            result.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("POST", Asked, StringComparison.Ordinal);
        Assert.Null(await GetAsync("roles"));
    }

    [Fact]
    public async Task A_plan_lists_the_objects()
    {
        var plan = JsonNode.Parse((await CreateAsync("-o", "json")).Succeeded().Output)!;

        Assert.Equal(
            $$"""[{"action":"added","kind":"Role","namespace":"{{_space}}","name":"emr-containers"},{"action":"added","kind":"RoleBinding","namespace":"{{_space}}","name":"emr-containers"}]""",
            plan["objects"]!.ToJsonString());
    }

    [Fact]
    public async Task Other_writers_and_lost_answers_do_no_harm()
    {
        _proxy.Next(HttpMethod.Post, Faults.SwallowAnswer);
        _proxy.Next(HttpMethod.Post, Faults.Conflict);
        _proxy.Next(HttpMethod.Post, Faults.HangUp);
        _proxy.Next(HttpMethod.Patch, Faults.Conflict);
        _proxy.Next(HttpMethod.Patch, Faults.SwallowAnswer);

        var result = (await CreateAsync()).Succeeded();

        Assert.Equal(0, _proxy.FaultsLeft);
        Assert.EndsWith(
            $"""
            + Role  {_space}/emr-containers
            + RoleBinding  {_space}/emr-containers  →  User emr-containers
            + role  {Arn}  →  emr-containers
            admin: 3 added

            """,
            result.Error,
            StringComparison.Ordinal);
        Assert.Equal(Maps.Nodes + Entry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_removal_takes_mapping_binding_and_role_away()
    {
        (await CreateAsync()).Succeeded();

        var result = (await DeleteAsync()).Succeeded();

        Assert.Equal(
            $"""
            note: who you are is not known here, so your own access is not checked
            - role  {Arn}  →  emr-containers
            - RoleBinding  {_space}/emr-containers
            - Role  {_space}/emr-containers
            admin: 3 removed
            note: tokens that the server has seen lately may still work for about two minutes

            """,
            Own(result));
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
        Assert.Null(await GetAsync("roles"));
        Assert.Null(await GetAsync("rolebindings"));
        Assert.True(await Eventually.IsTrueAsync(
            async () => await AsServiceAsync($"/api/v1/namespaces/{_space}/pods") == HttpStatusCode.Forbidden, TimeSpan.FromSeconds(10)));
        Assert.Equal(4, (await DeleteAsync()).ExitCode);
        Assert.EndsWith("admin: nothing to do\n", (await DeleteAsync("--ignore-not-found")).Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_that_meets_other_writers_and_lost_answers_goes_through()
    {
        (await CreateAsync()).Succeeded();
        _proxy.Next(HttpMethod.Patch, Faults.SwallowAnswer);
        _proxy.Next(HttpMethod.Delete, Faults.SwallowAnswer);
        _proxy.Next(HttpMethod.Delete, Faults.Conflict);
        _proxy.Next(HttpMethod.Delete, Faults.HangUp);

        var result = (await DeleteAsync()).Succeeded();

        Assert.Equal(0, _proxy.FaultsLeft);
        Assert.Contains($"- role  {Arn}  →  emr-containers\n", result.Error, StringComparison.Ordinal);
        Assert.Contains($"- RoleBinding  {_space}/emr-containers\n", result.Error, StringComparison.Ordinal);
        Assert.Contains($"- Role  {_space}/emr-containers\nadmin: 3 removed\n", result.Error, StringComparison.Ordinal);
        Assert.Null(await GetAsync("roles"));
    }

    [Fact]
    public async Task The_mapping_stays_while_another_namespace_needs_it()
    {
        (await CreateAsync()).Succeeded();
        (await RunWithAsync(_admin, "create", "--service-name", "emr-containers", "--namespace", "default")).Succeeded();

        var result = (await DeleteAsync()).Succeeded();

        Assert.Contains($"note: the mapping of {Arn} stays: emr-containers is still bound in default\n", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("admin: 2 removed\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(Maps.Nodes + Entry, await Server.AwsAuth.GetTextAsync("mapRoles"));

        (await RunWithAsync(_admin, "delete", "--service-name", "emr-containers", "--namespace", "default")).Succeeded();
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Who_may_not_list_bindings_everywhere_leaves_the_mapping()
    {
        (await CreateAsync()).Succeeded();
        await AllowEditorAsync(_space, ["get", "delete"]);

        var result = (await RunWithAsync(_editor, "delete", "--service-name", "emr-containers", "--namespace", _space)).Succeeded();

        Assert.Contains(
            $"warning: the mapping of {Arn} stays: you may not list the RoleBindings of all namespaces, and others may need it; " +
            $"remove it with: authmap delete iamidentitymapping --arn {Arn} --username emr-containers",
            result.Error,
            StringComparison.Ordinal);
        Assert.Null(await GetAsync("rolebindings"));
        Assert.Equal(Maps.Nodes + Entry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task What_others_have_made_of_role_and_binding_stays()
    {
        (await CreateAsync()).Succeeded();
        await SendAsync(
            HttpMethod.Patch,
            $"{Rbac}/namespaces/{_space}/rolebindings/emr-containers",
            """[{ "op": "add", "path": "/subjects/-", "value": { "kind": "ServiceAccount", "name": "helper", "namespace": "default" } }]""");

        var result = (await DeleteAsync()).Succeeded();

        Assert.Contains($"warning: RoleBinding {_space}/emr-containers stays: it also binds ServiceAccount default/helper\n", result.Error, StringComparison.Ordinal);
        Assert.Contains($"warning: Role {_space}/emr-containers stays: it is bound by RoleBinding {_space}/emr-containers\n", result.Error, StringComparison.Ordinal);
        var subject = Assert.Single((await GetAsync("rolebindings"))!["subjects"]!.AsArray());
        Assert.Equal("helper", (string?)subject!["name"]);
        Assert.NotNull(await GetAsync("roles"));
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_cluster_without_a_map_gets_one()
    {
        await Server.ResetAsync();

        (await CreateAsync()).Succeeded();

        Assert.Equal(Entry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_context_that_is_not_named_by_an_arn_is_not_asked()
    {
        var result = await RunAsync("create", "--service-name", "emr-containers", "--namespace", _space);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error: editor: a service mapping needs an EKS cluster that is known by its ARN", result.Error, StringComparison.Ordinal);
    }

    private Task<ProcessResult> CreateAsync(params string[] more) =>
        RunWithAsync(_admin, "create", ["--service-name", "emr-containers", "--namespace", _space, .. more]);

    private Task<ProcessResult> DeleteAsync(params string[] more) =>
        RunWithAsync(_admin, "delete", ["--service-name", "emr-containers", "--namespace", _space, .. more]);

    // As aws eks update-kubeconfig names clusters.
    private async Task<string> WriteAsync(ApiUser user)
    {
        var path = await Server.WriteKubeconfigAsync(_proxy.Address, Credential.Token, user);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Cancellation)).Replace("envtest", Cluster, StringComparison.Ordinal), Cancellation);
        return path;
    }

    // Without the line that names the context.
    private static string Own(ProcessResult result) => result.Error[(result.Error.IndexOf('\n', StringComparison.Ordinal) + 1)..];

    private async Task AllowEditorAsync(string space, string[] verbs)
    {
        await SendAsync(HttpMethod.Post, $"{Rbac}/namespaces/{space}/roles", $$"""
            {
              "metadata": { "name": "service-editor" },
              "rules": [{ "apiGroups": ["rbac.authorization.k8s.io"], "resources": ["roles", "rolebindings"], "verbs": ["{{string.Join("\", \"", verbs)}}"] }]
            }
            """);
        await SendAsync(HttpMethod.Post, $"{Rbac}/namespaces/{space}/rolebindings", """
            {
              "metadata": { "name": "service-editor" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "service-editor" },
              "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "editor" }]
            }
            """);
        using var editor = Server.CreateClient(Server.Editor);
        Assert.True(await Eventually.IsTrueAsync(
            async () => (await editor.GetAsync($"{Rbac}/namespaces/{space}/roles/service-editor", Cancellation)).IsSuccessStatusCode, TimeSpan.FromSeconds(10)));
    }

    private async Task<HttpStatusCode> AsServiceAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Impersonate-User", "emr-containers");
        using var response = await Server.AdminClient.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    private async Task<JsonNode?> GetAsync(string resource)
    {
        using var response = await Server.AdminClient.GetAsync($"{Rbac}/namespaces/{_space}/{resource}/emr-containers", Cancellation);
        return response.StatusCode == HttpStatusCode.NotFound ? null : JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation));
    }

    private Task PostAsync(string resource, string json) => SendAsync(HttpMethod.Post, $"{Rbac}/namespaces/{_space}/{resource}", json);

    private async Task SendAsync(HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(json, Encoding.UTF8, method == HttpMethod.Patch ? "application/json-patch+json" : "application/json"),
        };
        using var response = await Server.AdminClient.SendAsync(request, Cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    // Bindings to the service's user would keep its mapping in other tests.
    private async Task DropBindingsAsync()
    {
        foreach (var space in new[] { _space, "default" })
        {
            foreach (var name in new[] { "rolebindings/emr-containers", "roles/emr-containers" })
            {
                using var response = await Server.AdminClient.DeleteAsync($"{Rbac}/namespaces/{space}/{name}", CancellationToken.None);
            }
        }

        foreach (var name in new[] { "rolebindings/service-editor", "roles/service-editor" })
        {
            using var response = await Server.AdminClient.DeleteAsync($"{Rbac}/namespaces/kube-system/{name}", CancellationToken.None);
        }
    }
}
