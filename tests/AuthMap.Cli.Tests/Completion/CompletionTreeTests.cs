using System.CommandLine;
using AuthMap.Cli.Commands;
using AuthMap.Cli.Completion;
using AuthMap.Cli.Tests.Support;

namespace AuthMap.Cli.Tests.Completion;

public sealed class CompletionTreeTests
{
    private static readonly RootCommand _root = CommandTree.Build(new CommonOptions(usualCluster: null));
    private static readonly CompletionTree _tree = CompletionTree.Of(_root);

    public static TheoryData<string> ShellNames() => new(Shells.All.Names);

    [Theory]
    [MemberData(nameof(ShellNames))]
    public void A_script_knows_every_command_and_option(string shell)
    {
        var script = Shells.Script(Shells.All.Find(shell)!.Value, _tree);

        var names = Descendants(_root)
            .SelectMany(command => command.Options.Where(option => !option.Hidden).Select(option => option.Name.TrimStart('-')).Append(command.Name))
            .Except([_root.Name]);
        Assert.All(names, name => Assert.Contains(name, script, StringComparison.Ordinal));
        Assert.DoesNotContain("TABLES", script, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShellNames))]
    public async Task A_script_is_printed_as_it_is(string shell)
    {
        var result = await new TestRun().OfAsync(["completion", shell]);

        Assert.Equal(new RunResult(0, Shells.Script(Shells.All.Find(shell)!.Value, _tree), ""), result);
    }

    [Fact]
    public async Task Every_fixed_value_that_is_suggested_is_accepted()
    {
        var given = _tree.Places.Where(place => place.Path.Contains(' ', StringComparison.Ordinal))
            .SelectMany(place => place.Switches.SelectMany(option => option.Words.Select(word => (place.Path, Given: $"{option.Names[0]}={word.Text}"))))
            .ToList();

        Assert.NotEmpty(given);
        foreach (var (path, option) in given)
        {
            var result = await new TestRun().OfAsync([.. path.Split(' '), option, "--manifest", "absent", "--dry-run"]);
            Assert.DoesNotContain("cannot be", result.Err, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_option_says_whether_it_has_a_value_and_what_it_is()
    {
        var options = _tree.Places.Single(place => place.Path == "create iamidentitymapping").Switches.ToDictionary(option => option.Names[0]);

        Assert.Equal((ValueNeed.None, ValueKind.Other), (options["--dry-run"].Value, options["--dry-run"].Kind));
        Assert.Equal((ValueNeed.Required, ValueKind.File), (options["--manifest"].Value, options["--manifest"].Kind));
        Assert.Equal((ValueNeed.Required, ValueKind.Contexts), (options["--context"].Value, options["--context"].Kind));
        Assert.Equal((ValueNeed.Required, ValueKind.Arns), (options["--arn"].Value, options["--arn"].Kind));
        Assert.Equal((ValueNeed.Optional, 6), (options["--verbose"].Value, options["--verbose"].Words.Count));
        Assert.Equal(["json", "yaml"], options["--output"].Words.Select(word => word.Text));
        Assert.Equal(["--help", "-h"], options["--help"].Names);
        Assert.True(options["--group"].IsRepeatable);
        Assert.False(options["--username"].IsRepeatable);
        Assert.True(options["--role"].IsHidden);
    }

    private static IEnumerable<Command> Descendants(Command command) => command.Subcommands.SelectMany(Descendants).Prepend(command);
}
