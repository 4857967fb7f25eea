using System.Diagnostics;

namespace AuthMap.EndToEnd;

public sealed class FishCompletionTests : IAsyncLifetime
{
    private CompletionHome home = null!;

    public async ValueTask InitializeAsync()
    {
        Shell.Need("fish");
        home = await CompletionHome.CreateAsync("fish");
    }

    public ValueTask DisposeAsync()
    {
        home?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Commands_options_and_fixed_values_are_offered_without_starting_the_program()
    {
        Assert.Contains("create\tAdd or update an identity mapping, or those of a file", await OfferedAsync("authmap "));
        Assert.Equal(["iamidentitymapping\tList identity mappings"], await OfferedAsync("authmap get "));
        Assert.Equal(
            ["json", "manifest\tthe whole map, to keep or to apply", "name\tARNs and account ids alone", "table\tdefault", "wide\tfile order, with kind, status and line", "yaml"],
            await OfferedAsync("authmap get identitymapping --output "));
        Assert.Equal(["--output=wide\tfile order, with kind, status and line"], await OfferedAsync("authmap get mapping --output=w"));
        Assert.Equal(["json", "yaml"], await OfferedAsync("authmap create mapping -o "));
        Assert.Equal(["--ignore-not-found\tNo match is fine"], await OfferedAsync("authmap delete mapping --ig"));
        Assert.Empty(await OfferedAsync("authmap get mapping --ig"));
        Assert.Equal(["get\tList identity mappings"], await OfferedAsync("authmap --timeout 5s -v 4 g"));
        Assert.Equal(["bash", "fish", "pwsh\tPowerShell", "zsh"], await OfferedAsync("authmap completion "));

        Assert.Equal(0, home.Starts);
    }

    [Fact]
    public async Task Files_are_offered_for_options_that_take_files()
    {
        Assert.Equal(["my map.yaml"], await OfferedAsync("authmap get mapping --manifest my"));
        Assert.Equal(["--manifest=my map.yaml"], await OfferedAsync("authmap get mapping --manifest=my"));
        Assert.Empty(await OfferedAsync("authmap get mapping --username my"));
    }

    [Fact]
    public async Task Names_come_from_the_files_that_the_line_and_the_environment_name()
    {
        Assert.Equal(
            ["arn:aws:eks:eu-west-1:111122223333:cluster/dev\tc", "it's\tc", "my team: prod $5\tc"],
            await OfferedAsync("authmap --kubeconfig ~/kc get mapping --context "));
        Assert.Equal(["--context=my team: prod $5\tc"], await OfferedAsync("authmap --kubeconfig kc get mapping --context=my"));
        Assert.Empty(await OfferedAsync("authmap get mapping --context "));
        Assert.Equal(["default\teu-new-9", "my ops", "ops\teu-west-1"], await OfferedAsync("authmap get mapping --profile "));
        Assert.Equal(["eu-new-9"], await OfferedAsync("authmap get mapping -r eu-new"));

        home.Write("other", "[profile elsewhere]\n");
        home.Environment["AWS_CONFIG_FILE"] = Path.Combine(home.Folder, "other");
        home.Environment["KUBECONFIG"] = Path.Combine(home.Folder, "kc");
        Assert.Equal(["elsewhere"], await OfferedAsync("authmap get mapping --profile "));
        Assert.Equal(["it's\tc"], await OfferedAsync("authmap get mapping --context it"));
    }

    [Fact]
    public async Task ARNs_come_from_the_map_that_the_line_names()
    {
        Assert.Equal(
            ["arn:aws:iam::111122223333:role/k8sAdmin\tadmin", "arn:aws:iam::111122223333:role/k8sDev\tdev-user"],
            await OfferedAsync("authmap delete mapping --manifest 'my map.yaml' --arn arn:aws:iam::111122223333:role/"));
        Assert.Equal(
            ["--arn=arn:aws:iam::111122223333:user/bob@example.com\tbob"],
            await OfferedAsync("authmap delete mapping --manifest my\\ map.yaml --arn=arn:aws:iam::111122223333:u"));
        Assert.Empty(await OfferedAsync("authmap delete mapping --manifest absent.yaml --arn a"));
    }

    /// <summary>What fish offers for a line, each with its note behind a tab.</summary>
    private async Task<string[]> OfferedAsync(string line)
    {
        var start = new ProcessStartInfo("fish", ["-c", "source authmap.fish; complete -C $argv[1]", line]) { WorkingDirectory = home.Folder };
        start.Environment.Clear();
        foreach (var (name, value) in home.Environment)
        {
            start.Environment[name] = value;
        }

        await using var fish = RunningProcess.Start(start);
        var result = (await fish.WaitAsync(cancellation: TestContext.Current.CancellationToken)).Succeeded();
        Assert.Equal("", result.Error);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }
}
