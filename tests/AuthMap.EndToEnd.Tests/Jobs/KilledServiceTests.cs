using System.Net;

namespace AuthMap.EndToEnd;

/// <summary>The program is killed between the objects of a service mapping: nobody enters without a Role, and the next run does the rest.</summary>
public sealed class KilledServiceTests(ApiServer server) : ProxiedTest(server)
{
    private const string Cluster = $"arn:aws:eks:eu-west-1:{Maps.Account}:cluster/spark";
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/default";
    private const int Reads = 4;

    private static readonly string Entry =
        Maps.Role($"arn:aws:iam::{Maps.Account}:role/AWSServiceRoleForAmazonEMRContainers", "emr-containers");

    private string[] create = [];

    public static TheoryData<int, Moment> Moments => Killing.Moments(requests: Reads + 3, writes: 3);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await DropAsync();
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);

        // As aws eks update-kubeconfig names clusters.
        var path = await Server.WriteKubeconfigAsync(Proxy.Address, Credential.Token, Server.Admin);
        await File.WriteAllTextAsync(
            path, (await File.ReadAllTextAsync(path, Cancellation)).Replace("envtest", Cluster, StringComparison.Ordinal), Cancellation);
        create = ["create", "mapping", "--kubeconfig", path, "--service-name", "emr-containers", "--namespace", "default"];
    }

    public override async ValueTask DisposeAsync()
    {
        // Missing where there is no server and the test was skipped.
        if (create.Length > 0)
        {
            await DropAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task What_was_begun_is_finished_by_the_next_run(int request, Moment moment)
    {
        await Killing.RunAsync(Program, Proxy, create, request, moment);

        var written = request - Reads - (moment == Moment.Unsent ? 1 : 0);
        await AssertAsync(role: written >= 1, binding: written >= 2, mapping: written >= 3);
        var again = (await Program.RunAsync(create)).Succeeded();
        Assert.EndsWith(
            written switch
            {
                >= 3 => "admin: nothing to do\n",
                2 => "admin: 1 added\n",
                1 => "admin: 2 added\n",
                _ => "admin: 3 added\n",
            },
            again.Error,
            StringComparison.Ordinal);
        await AssertAsync(role: true, binding: true, mapping: true);
    }

    private async Task AssertAsync(bool role, bool binding, bool mapping)
    {
        Assert.Equal(
            (role, binding, mapping ? Maps.Nodes + Entry : Maps.Nodes),
            (await IsThereAsync("roles"), await IsThereAsync("rolebindings"), await Server.AwsAuth.GetTextAsync("mapRoles")));
    }

    private async Task<bool> IsThereAsync(string resource)
    {
        using var response = await Server.AdminClient.GetAsync($"{Rbac}/{resource}/emr-containers", Cancellation);
        return response.StatusCode != HttpStatusCode.NotFound;
    }

    private async Task DropAsync()
    {
        foreach (var resource in new[] { "rolebindings", "roles" })
        {
            using var response = await Server.AdminClient.DeleteAsync($"{Rbac}/{resource}/emr-containers", CancellationToken.None);
        }
    }
}
