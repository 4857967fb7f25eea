using System.Diagnostics;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>
/// The AWS CLI: a client that is not ours. What it accepts and shows is what AWS says, as far as that can be had without AWS.
/// </summary>
internal sealed class AwsCli(EksCluster cluster, Principal principal)
{
    private static readonly Lazy<Task<bool>> Installed = new(IsInstalledAsync);

    /// <summary>Skips the test that asks, where there is no AWS CLI; fails it on a build server.</summary>
    public static async Task RequireAsync()
    {
        const string Reason = "There is no AWS CLI on PATH; tests/envtest/install.sh installs it.";
        if (!await Installed.Value)
        {
            Assert.SkipUnless(Envtest.IsRequired, Reason);
            Assert.Fail(Reason);
        }
    }

    /// <summary>Runs it to its end, with the endpoint of the service that it is to ask.</summary>
    public async Task<ProcessResult> RunAsync(string service, params string[] arguments)
    {
        // An option, since not every version that is about reads the variable.
        var endpoint = service == "sts" ? cluster.Sts.Address : cluster.Eks.Address;
        var start = Command([service, .. arguments, "--endpoint-url", endpoint.AbsoluteUri, "--output", "json"]);
        start.Environment["AWS_ACCESS_KEY_ID"] = principal.AccessKeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = principal.SecretAccessKey;
        start.Environment["AWS_DEFAULT_REGION"] = EksCluster.Region;
        start.Environment["AWS_MAX_ATTEMPTS"] = "1";
        if (principal.SessionToken is not null)
        {
            start.Environment["AWS_SESSION_TOKEN"] = principal.SessionToken;
        }

        await using var aws = RunningProcess.Start(start);
        return await aws.WaitAsync(cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>Runs it and reads what it prints.</summary>
    public async Task<JsonNode> AskAsync(string service, params string[] arguments) =>
        JsonNode.Parse((await RunAsync(service, arguments)).Succeeded().Output)!;

    private static ProcessStartInfo Command(string[] arguments)
    {
        var start = new ProcessStartInfo("aws", arguments);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_PAGER"] = "";
        return start;
    }

    private static async Task<bool> IsInstalledAsync()
    {
        try
        {
            await using var aws = RunningProcess.Start(Command(["--version"]));
            return (await aws.WaitAsync()).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
