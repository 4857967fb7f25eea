using System.Diagnostics;
using System.Net;
using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>
/// A real API server for all tests of a collection: an administrator, somebody who may edit aws-auth, and somebody who may do
/// nothing. Where it cannot be had, tests that <see cref="Require"/> it are skipped, or fail on a build server.
/// </summary>
public sealed class ApiServer : IAsyncLifetime
{
    private const string KubeSystem = "/api/v1/namespaces/kube-system";
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system";

    private readonly string folder = Directory.CreateTempSubdirectory("authmap-envtest-").FullName;
    private readonly string[] flags;
    private Envtest.Search envtest = new(null, "not started");
    private ControlPlane? plane;
    private HttpClient? adminClient;
    private int kubeconfigs;

    public ApiServer()
        : this([])
    {
    }

    /// <param name="flags">Further flags of kube-apiserver.</param>
    internal ApiServer(string[] flags)
    {
        this.flags = flags;
        Admin = ApiUser.Create(Authority, "admin", "system:masters");
        Editor = ApiUser.Create(Authority, "editor");
        Nobody = ApiUser.Create(Authority, "nobody");
    }

    public CertificateAuthority Authority { get; } = new();

    /// <summary>May do everything.</summary>
    public ApiUser Admin { get; }

    /// <summary>May get, patch and create aws-auth: what the program asks for, and nothing else.</summary>
    public ApiUser Editor { get; }

    /// <summary>May do nothing in kube-system.</summary>
    public ApiUser Nobody { get; }

    /// <summary>Whether there is one; <see cref="Require"/> says why not.</summary>
    public bool IsRunning => plane is not null;

    public Uri Address => Plane.Address;

    /// <summary>The server as <see cref="Admin"/> sees it; paths are relative to the server's root.</summary>
    public HttpClient AdminClient => adminClient ?? throw new InvalidOperationException(envtest.Reason);

    public AwsAuthConfigMap AwsAuth => new(AdminClient);

    private ControlPlane Plane => plane ?? throw new InvalidOperationException(envtest.Reason);

    public async ValueTask InitializeAsync()
    {
        envtest = await Envtest.FindAsync();
        if (envtest.Found is null)
        {
            return;
        }

        plane = await ControlPlane.StartAsync(envtest.Found, folder, Authority, [Admin, Editor, Nobody], flags, IsReadyAsync);
        adminClient = CreateClient(Admin);
        await AllowEditorAsync();
    }

    /// <summary>Skips the test that asks, where there is no API server; fails it where there has to be one.</summary>
    public void Require()
    {
        if (envtest.Found is null && Envtest.IsRequired)
        {
            Assert.Fail(envtest.Reason);
        }

        Assert.SkipWhen(envtest.Found is null, envtest.Reason);
    }

    /// <summary>Back to a cluster without aws-auth.</summary>
    public Task ResetAsync() => AwsAuth.DeleteAsync();

    /// <summary>A client that is this user; nobody at all when there is none.</summary>
    public HttpClient CreateClient(ApiUser? user, Credential credential = Credential.Certificate) =>
        CreateClient(user, credential, Address);

    /// <summary>A client of another address that shows a certificate of the same authority.</summary>
    public HttpClient CreateClient(ApiUser? user, Credential credential, Uri address)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = { CertificateChainPolicy = Authority.ChainPolicy },
            UseProxy = false,
        };
        var client = new HttpClient(handler) { BaseAddress = address };
        if (user is not null && credential == Credential.Certificate)
        {
            handler.SslOptions.ClientCertificates = [user.Certificate];
        }
        else if (user is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", user.Token);
        }

        return client;
    }

    /// <summary>A new kubeconfig with a context for each user, named after it; the first one is current.</summary>
    public Task<string> WriteKubeconfigAsync(params ApiUser[] users) =>
        WriteKubeconfigAsync(Address, Credential.Certificate, users);

    /// <summary>A new kubeconfig for another address of this server, such as a <see cref="FaultProxy"/>.</summary>
    public async Task<string> WriteKubeconfigAsync(Uri address, Credential credential, params ApiUser[] users)
    {
        var path = Path.Combine(folder, $"kubeconfig-{Interlocked.Increment(ref kubeconfigs)}");
        await File.WriteAllTextAsync(path, Kubeconfig.Write(address, Authority, credential, users));
        return path;
    }

    /// <summary>What kubectl says to the administrator.</summary>
    public async Task<ProcessResult> KubectlAsync(params string[] arguments)
    {
        var kubeconfig = await WriteKubeconfigAsync(Admin);
        var start = new ProcessStartInfo(envtest.Found!.Kubectl, ["--kubeconfig", kubeconfig, .. arguments]);
        start.Environment["HOME"] = folder;
        await using var kubectl = RunningProcess.Start(start);
        return await kubectl.WaitAsync(cancellation: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        adminClient?.Dispose();
        if (plane is not null)
        {
            await plane.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        foreach (var user in new[] { Admin, Editor, Nobody })
        {
            user.Certificate.Dispose();
        }

        Authority.Dispose();
    }

    // The namespace comes by itself, a moment after the server calls itself ready.
    private async Task<bool> IsReadyAsync(Uri address)
    {
        using var client = CreateClient(Admin, Credential.Certificate, address);
        client.Timeout = TimeSpan.FromSeconds(5);
        return await IsFoundAsync("/readyz") && await IsFoundAsync(KubeSystem);

        async Task<bool> IsFoundAsync(string path)
        {
            try
            {
                using var response = await client.GetAsync(path);
                return response.StatusCode == HttpStatusCode.OK;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        }
    }

    private async Task AllowEditorAsync()
    {
        // Kubernetes cannot name the object of a create.
        await PostAsync($"{Rbac}/roles", """
            {
              "apiVersion": "rbac.authorization.k8s.io/v1",
              "kind": "Role",
              "metadata": { "name": "aws-auth-editor" },
              "rules": [
                { "apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["aws-auth"], "verbs": ["get", "patch"] },
                { "apiGroups": [""], "resources": ["configmaps"], "verbs": ["create"] }
              ]
            }
            """);
        await PostAsync($"{Rbac}/rolebindings", $$"""
            {
              "apiVersion": "rbac.authorization.k8s.io/v1",
              "kind": "RoleBinding",
              "metadata": { "name": "aws-auth-editor" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "aws-auth-editor" },
              "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "{{Editor.Name}}" }]
            }
            """);
    }

    private async Task PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await AdminClient.PostAsync(path, content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
