using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>Asked for oneself by a kubeconfig: only the server can say who that is.</summary>
public sealed class SelfReviewTests(ApiServer server) : ProxiedTest(server)
{
    [Fact]
    public async Task On_an_older_server_nobody_knows()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.DevEntry);

        var result = await WhoAmIAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("error: who you are could not be learnt: editor does not say it, nor does STS\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev-user", 0, "  server      says the same\n")]
    [InlineData("admin", 3, "  server      says otherwise: admin, groups system:authenticated\n")]
    public async Task A_newer_server_tells_the_ARN_that_the_map_is_asked_for(string username, int exitCode, string words)
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.DevEntry);
        var arn = $"arn:aws:sts::{Maps.Account}:assumed-role/k8sDev/bob";
        Answer($$$"""{"username": "{{{username}}}", "groups": ["system:authenticated"], "extra": {"arn": ["{{{arn}}}"]}}""");

        var result = await WhoAmIAsync();

        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith($"you are {arn}\n{Maps.Dev}\n  enters as   dev-user\n", result.Output, StringComparison.Ordinal);
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
        Assert.Equal("GET POST", Asked);
    }

    private async Task<ProcessResult> WhoAmIAsync()
    {
        var kubeconfig = await Server.WriteKubeconfigAsync(Proxy.Address, Credential.Token, Server.Editor);
        return await Program.RunAsync("whoami", "--kubeconfig", kubeconfig, "--context", "editor");
    }

    private void Answer(string user) => Proxy.Next(HttpMethod.Post, Faults.Reply(new(
        201,
        new Dictionary<string, string> { ["Content-Type"] = "application/json" },
        Encoding.UTF8.GetBytes($$$"""{"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview", "status": {"userInfo": {{{user}}}}}"""))));
}
