using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>
/// An EKS cluster as a client meets it: the EKS API and STS, and a real API server that asks a token webhook. The webhook has to be
/// up before the server is, and reads aws-auth from it afterwards.
/// </summary>
public sealed class EksCluster : IAsyncLifetime
{
    public const string Name = "eksworkshop";
    public const string Region = "eu-west-1";

    /// <summary>A Kubernetes group whose members may get, patch and create aws-auth.</summary>
    public const string EditorGroup = "map-editors";

    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings";

    private readonly string folder = Directory.CreateTempSubdirectory("authmap-eks-").FullName;
    private readonly TokenWebhook webhook;
    private readonly X509Certificate2 certificate;
    private ApiServer? server;

    public EksCluster()
    {
        Sts = new Sts(Iam, new AwsClock());
        Eks = new EksApi(Iam, new AwsClock());
        certificate = Authority.IssueForServer();
        webhook = new TokenWebhook(Sts, () => Server.AwsAuth.GetAsync());
    }

    public Iam Iam { get; } = new();

    public Sts Sts { get; }

    public EksApi Eks { get; }

    public ApiServer Server => server!;

    /// <summary>Issues the certificates of everything that is not the API server.</summary>
    public CertificateAuthority Authority { get; } = new();

    /// <summary>Who created the cluster: its administrator, whatever aws-auth says.</summary>
    public Principal Creator { get; private set; } = null!;

    internal TokenWebhook Webhook => webhook;

    /// <summary>The cluster as DescribeCluster shows it unless a test changes it.</summary>
    public EksClusterState State => new(Maps.Account, Region, Name)
    {
        Endpoint = Server.Address,
        CertificatePem = Server.Authority.CertificatePem,
    };

    public async ValueTask InitializeAsync()
    {
        await Sts.StartAsync();
        await Eks.StartAsync();
        await webhook.StartAsync(certificate);
        var config = Path.Combine(folder, "webhook.yaml");
        await File.WriteAllTextAsync(config, $"""
            apiVersion: v1
            kind: Config
            current-context: webhook
            clusters:
            - name: webhook
              cluster:
                server: {webhook.Address}
                certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(Authority.CertificatePem))}
            contexts:
            - name: webhook
              context:
                cluster: webhook
                user: kube-apiserver
            users:
            - name: kube-apiserver
              user: {"{}"}
            """);
        server = new ApiServer([
            $"--authentication-token-webhook-config-file={config}", "--authentication-token-webhook-cache-ttl=0s",
        ]);
        await server.InitializeAsync();
        if (server.IsRunning)
        {
            await BindAsync("map-editors", EditorGroup, "aws-auth-editor");
        }
    }

    /// <summary>A cluster without aws-auth and without faults, as its creator left it.</summary>
    public async Task ResetAsync()
    {
        await Server.ResetAsync();
        Sts.Forget();
        Eks.Forget();
        webhook.Forget();
        Eks.Put(State);
        Creator = Iam.AddUser($"arn:aws:iam::{Maps.Account}:user/creator");
        (webhook.ClusterId, webhook.Partition, webhook.Creator) = (Name, "aws", Creator);
    }

    /// <summary>What the API server makes of a token: a TokenReview's status.</summary>
    public async Task<JsonNode> ReviewAsync(string token)
    {
        using var content = new StringContent(
            new JsonObject
            {
                ["apiVersion"] = "authentication.k8s.io/v1",
                ["kind"] = "TokenReview",
                ["spec"] = new JsonObject { ["token"] = token },
            }.ToJsonString(),
            Encoding.UTF8,
            "application/json");
        using var response = await Server.AdminClient.PostAsync("/apis/authentication.k8s.io/v1/tokenreviews", content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["status"]!;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        await webhook.DisposeAsync();
        await Eks.DisposeAsync();
        await Sts.DisposeAsync();
        certificate.Dispose();
        Authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Gives a role of kube-system to a Kubernetes group.</summary>
    public async Task BindAsync(string name, string group, string role)
    {
        using var content = new StringContent(
            $$"""
            {
              "apiVersion": "rbac.authorization.k8s.io/v1",
              "kind": "RoleBinding",
              "metadata": { "name": "{{name}}" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "{{role}}" },
              "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "{{group}}" }]
            }
            """,
            Encoding.UTF8,
            "application/json");
        using var response = await Server.AdminClient.PostAsync(Rbac, content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
