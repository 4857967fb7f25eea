namespace AuthMap.EndToEnd;

/// <summary>What a person sees who presses TAB, in shells that complete words in place.</summary>
public abstract class LineCompletionTests : IAsyncLifetime
{
    private const string Role = "arn:aws:iam::111122223333:role/k8s";
    private const string Map = "--manifest my\\ map.yaml";

    private CompletionHome home = null!;
    private InteractiveShell shell = null!;

    public async ValueTask InitializeAsync()
    {
        Shell.Need(Name, "script");
        home = await CompletionHome.CreateAsync(Name);
        shell = await InteractiveShell.StartAsync(home, Prepare(home));
    }

    public async ValueTask DisposeAsync()
    {
        if (shell is not null)
        {
            await shell.DisposeAsync();
        }

        home?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Commands_options_and_fixed_values_are_completed_without_starting_the_program()
    {
        await CompletesAsync("authmap cr", "authmap create ");
        await CompletesAsync("authmap get ", "authmap get iamidentitymapping ");
        await CompletesAsync("authmap get map", "authmap get mapping ");
        await CompletesAsync("authmap delete iamidentitymappings --ig", "authmap delete iamidentitymappings --ignore-not-found ");
        await CompletesAsync("authmap get mapping --output w", "authmap get mapping --output wide ");
        await CompletesAsync("authmap get mapping --output=w", "authmap get mapping --output=wide ");
        await CompletesAsync("authmap get mapping -o w", "authmap get mapping -o wide ");
        await CompletesAsync("authmap create mapping -o w", "authmap create mapping -o w");
        await CompletesAsync("authmap --color fab", "authmap --color fabulous ");
        await CompletesAsync("authmap --timeout 5s --quiet g", "authmap --timeout 5s --quiet get ");
        await CompletesAsync("authmap completion z", "authmap completion zsh ");
        await CompletesAsync("authmap help del", "authmap help delete ");
        await ShowsAsync("authmap ", "create", "get", "delete", "completion", "version");
        await ShowsAsync("authmap get mapping --output ", "table", "wide", "json", "yaml", "name");

        Assert.Equal(0, home.Starts);
    }

    [Fact]
    public async Task An_optional_value_may_be_there_or_not()
    {
        await CompletesAsync("authmap -v g", "authmap -v get ");
        await CompletesAsync("authmap -v 4 g", "authmap -v 4 get ");
        await ShowsAsync("authmap --verbose=", "0", "5");
    }

    [Fact]
    public async Task An_option_is_offered_again_only_when_it_is_repeatable()
    {
        await CompletesAsync("authmap create mapping --group a --grou", "authmap create mapping --group a --group ");
        await CompletesAsync("authmap create mapping --usernam", "authmap create mapping --username ");
        await CompletesAsync("authmap create mapping --username a --usernam", "authmap create mapping --username a --usernam");
    }

    [Fact]
    public async Task A_deprecated_option_is_not_offered()
    {
        await CompletesAsync("authmap get mapping --rol", "authmap get mapping --role-");
        Assert.DoesNotContain("--role ", (await shell.CompleteAsync("authmap get mapping --")).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_completed_for_options_that_take_files()
    {
        await CompletesAsync("authmap get mapping --manifest my", "authmap get mapping --manifest my\\ map.yaml ");
        await CompletesAsync("authmap get mapping --manifest=my", "authmap get mapping --manifest=my\\ map.yaml ");
        await CompletesAsync("authmap --kubeconfig ~/k", "authmap --kubeconfig ~/kc ");
        await CompletesAsync("authmap get mapping --username my", "authmap get mapping --username my");
    }

    [Fact]
    public async Task Contexts_come_from_the_kubeconfig_on_the_line()
    {
        const string Dev = "arn:aws:eks:eu-west-1:111122223333:cluster/dev ";
        await CompletesAsync("authmap --kubeconfig kc get mapping --context arn", "authmap --kubeconfig kc get mapping --context " + Dev);
        await CompletesAsync("authmap get mapping --kubeconfig=kc --context arn:aws:", "authmap get mapping --kubeconfig=kc --context " + Dev);
        await CompletesAsync("authmap get mapping --kubeconfig ~/kc --context=arn:aws:eks", "authmap get mapping --kubeconfig ~/kc --context=" + Dev);
        await CompletesAsync("authmap get mapping --context arn", "authmap get mapping --context arn");
    }

    [Fact]
    public async Task Names_are_quoted_as_the_shell_needs_it()
    {
        const string Line = "authmap --kubeconfig kc get mapping --context ";
        await CompletesAsync(Line + "my", Line + "my\\ team:\\ prod\\ \\$5 ");
        await CompletesAsync(Line + "my\\ team:", Line + "my\\ team:\\ prod\\ \\$5 ");
        await CompletesAsync(Line + "\"my te", Line + "\"my team: prod \\$5\" ");
        await CompletesAsync(Line + "'my te", Line + "'my team: prod $5' ");
        await CompletesAsync(Line + "it", Line + "it\\'s ");
    }

    [Fact]
    public async Task Names_with_control_characters_are_left_out()
    {
        await ShowsAsync("authmap --kubeconfig kc --context ", "cluster/dev");
        Assert.DoesNotContain("evil", (await shell.CompleteAsync("authmap --kubeconfig kc --context ")).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiles_and_regions_come_from_the_files_of_AWS()
    {
        await CompletesAsync("authmap get mapping --profile op", "authmap get mapping --profile ops ");
        await CompletesAsync("authmap get mapping -p my", "authmap get mapping -p my\\ ops ");
        await CompletesAsync("authmap get mapping -r eu-n", "authmap get mapping -r eu-n");
        await CompletesAsync("authmap get mapping --region=eu-new", "authmap get mapping --region=eu-new-9 ");
        await CompletesAsync("authmap get mapping --region ca-w", "authmap get mapping --region ca-west-1 ");
    }

    [Fact]
    public async Task ARNs_come_from_the_map_that_the_line_names()
    {
        await CompletesAsync($"authmap delete mapping {Map} --arn {Role}D", $"authmap delete mapping {Map} --arn {Role}Dev ");
        await CompletesAsync($"authmap delete mapping {Map} --arn=arn:aws:iam::111122223333:r", $"authmap delete mapping {Map} --arn={Role}");
        await CompletesAsync($"authmap --manifest \"my map.yaml\" get mapping --arn \"{Role}A", $"authmap --manifest \"my map.yaml\" get mapping --arn \"{Role}Admin\" ");
        foreach (var typed in new[] { "u", "user/bob", "user/bob@", "user/bob@ex" })
        {
            await CompletesAsync(
                $"authmap delete mapping {Map} --arn arn:aws:iam::111122223333:{typed}",
                $"authmap delete mapping {Map} --arn arn:aws:iam::111122223333:user/bob@example.com ");
        }

        await CompletesAsync($"authmap delete mapping {Map} --role {Role}D", $"authmap delete mapping {Map} --role {Role}Dev ");
        await ShowsAsync($"authmap delete mapping {Map} --arn {Role}", "k8sDev", "k8sAdmin");
    }

    [Fact]
    public async Task What_fails_is_silent()
    {
        foreach (var place in new[] { "", "--manifest absent.yaml ", "--manifest - ", "--manifest kc ", "--context none ", "--manifest a --context b " })
        {
            var line = $"authmap delete mapping {place}--arn arn";
            var (then, shown) = await shell.CompleteAsync(line);
            Assert.Equal(line, then);
            Assert.DoesNotContain("error", shown, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Nothing_on_the_line_is_run()
    {
        await CompletesAsync("authmap get mapping --manifest \"$(touch ran)\" --arn arn", "authmap get mapping --manifest \"$(touch ran)\" --arn arn");
        await CompletesAsync("authmap get mapping --manifest `touch ran` --context a", "authmap get mapping --manifest `touch ran` --context a");

        Assert.False(home.Has("ran"));
    }

    /// <summary>The shell's program.</summary>
    protected abstract string Name { get; }

    /// <summary>Writes the shell's start-up file.</summary>
    /// <returns>The command line that starts it.</returns>
    private protected abstract string Prepare(CompletionHome home);

    private async Task CompletesAsync(string typed, string line) => Assert.Equal(line, (await shell.CompleteAsync(typed)).Line);

    private async Task ShowsAsync(string typed, params string[] words)
    {
        var (_, shown) = await shell.CompleteAsync(typed);
        Assert.All(words, word => Assert.Contains(word, shown, StringComparison.Ordinal));
    }
}
