using System.Net;

namespace AuthMap.EndToEnd;

/// <summary>Callers that the server does not know, or does not let do it; and rules that the cluster has of its own.</summary>
public sealed class PermissionTests(ApiServer server) : ProxiedTest(server)
{
    private const string Denial =
        "admission webhook \\\"eks-aws-auth-configmap-validation-webhook.amazonaws.com\\\" denied the request: arn:aws:iam::1:role/x is not valid";

    [Theory]
    [InlineData(Credential.Certificate)]
    [InlineData(Credential.Token)]
    public async Task Reading_takes_the_permission_to_get(Credential credential)
    {
        var nobody = await Server.WriteKubeconfigAsync(Server.Address, credential, Server.Nobody);

        var result = await RunWithAsync(nobody, "get");

        Assert.Equal(7, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("error: nobody does not let you get the ConfigMap kube-system/aws-auth\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("User \"nobody\" cannot get resource \"configmaps\"", result.Error, StringComparison.Ordinal);
        Assert.Contains("hint: it takes the verb get on the resource configmaps in the namespace kube-system\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patch")]
    [InlineData("create")]
    public async Task Changing_takes_the_permission_to_patch_and_to_create(string verb)
    {
        if (verb == "patch")
        {
            await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        }

        await KubectlAsync("create", "role", "aws-auth-reader", "--verb=get", "--resource=configmaps", "--resource-name=aws-auth");
        await KubectlAsync("create", "rolebinding", "aws-auth-reader", "--role=aws-auth-reader", "--user=nobody");
        try
        {
            var nobody = await Server.WriteKubeconfigAsync(Server.Nobody);
            Assert.True(await Eventually.IsTrueAsync(
                async () => (await RunWithAsync(nobody, "get")).ExitCode == 0, TimeSpan.FromSeconds(10)));

            var result = await RunWithAsync(nobody, "create", Maps.CreateDev);

            Assert.Equal(7, result.ExitCode);
            Assert.Contains($"error: nobody does not let you {verb} the ConfigMap kube-system/aws-auth\n", result.Error, StringComparison.Ordinal);
            Assert.Contains($"cannot {verb} resource \"configmaps\"", result.Error, StringComparison.Ordinal);
            Assert.Equal(verb == "patch" ? Maps.Nodes : null, await Server.AwsAuth.GetTextAsync("mapRoles"));
        }
        finally
        {
            await KubectlAsync("delete", "role/aws-auth-reader", "rolebinding/aws-auth-reader");
        }
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_know_is_refused()
    {
        var kubeconfig = await WriteKubeconfigAsync("token: token-of-a-stranger");

        var result = await RunWithAsync(kubeconfig, "get");

        Assert.Equal(7, result.ExitCode);
        Assert.Contains("error: test does not know you: 401 from its API server\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-a-stranger", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var elsewhere = new CertificateAuthority();
        var stranger = ApiUser.Create(elsewhere, "stranger", "system:masters");
        using var certificate = stranger.Certificate;

        var result = await RunWithAsync(await Server.WriteKubeconfigAsync(stranger), "get");

        Assert.Equal(7, result.ExitCode);
        Assert.Contains("error: stranger does not know you: 401", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_in_particular_may_not_read()
    {
        var result = await RunWithAsync(await WriteKubeconfigAsync("{}"), "get");

        Assert.Equal(7, result.ExitCode);
        Assert.Contains("system:anonymous", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_refusal_by_an_admission_webhook_is_shown_in_its_own_words(HttpStatusCode status)
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
        Proxy.Next(HttpMethod.Patch, Faults.Reply(Answer.Error(status, status.ToString(), Denial)));

        var result = await ThroughProxyAsync("create", Maps.CreateDev);

        Assert.Equal(6, result.ExitCode);
        Assert.Contains("error: editor refuses this by its own rules\n", result.Error, StringComparison.Ordinal);
        Assert.Contains(Denial.Replace("\\", "", StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
        Assert.Equal("GET PATCH", Asked);
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    private async Task KubectlAsync(params string[] arguments) =>
        (await Server.KubectlAsync(["--namespace", "kube-system", .. arguments])).Succeeded();
}
