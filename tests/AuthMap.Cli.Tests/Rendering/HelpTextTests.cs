using System.CommandLine;
using AuthMap.Cli.Commands;
using AuthMap.Cli.Tests.Golden;
using AuthMap.Cli.Tests.Support;

namespace AuthMap.Cli.Tests.Rendering;

public sealed class HelpTextTests
{
    private static readonly RootCommand _root = CommandTree.Build(new CommonOptions(usualCluster: null));

    private static IEnumerable<LeafCommand> Leaves =>
        _root.Subcommands.Concat(_root.Subcommands.SelectMany(command => command.Subcommands)).OfType<LeafCommand>();

    [Fact]
    public async Task Every_example_is_a_command_line_that_makes_sense()
    {
        var examples = Leaves.SelectMany(leaf => leaf.Examples).Concat(CommandTree.Most).Where(example => !example.IsWhole).ToList();

        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var run = new TestRun
            {
                Connector = (_, _, _) => throw new AuthMapException(FailureKind.Unreachable, "reached"),
                Environment = new Dictionary<string, string> { ["EDITOR"] = "true" },
            };
            var result = await run.OfAsync(ShellWords.Split(example.CommandLine));
            Assert.True(result.ExitCode is 0 or 8 || result.Err.Contains("there is no file", StringComparison.Ordinal)
                || result.Err.Contains("has no manifest", StringComparison.Ordinal), $"{example.CommandLine}\n{result.Err}");
        }
    }

    [Fact]
    public void Every_document_is_there()
    {
        var repository = Path.GetFullPath("../../..", Scenario.Root);

        Assert.All(Leaves, leaf => Assert.True(File.Exists(Path.Combine(repository, leaf.Document)), leaf.Document));
    }

    [Fact]
    public async Task Help_fits_the_screen()
    {
        foreach (var width in new[] { 60, 80, 100 })
        {
            foreach (var command in _root.Subcommands.Select(command => command.Name))
            {
                var result = await new TestRun { IsTerminal = true, Width = width }.OfAsync(["help", command]);
                // An ARN or a redirection cannot be parted.
                var lines = result.Out.Split('\n').Where(line => !line.Contains("arn:", StringComparison.Ordinal) && !line.Contains(" > ", StringComparison.Ordinal));
                Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
            }
        }
    }

    [Theory]
    [InlineData("create")]
    [InlineData("get")]
    [InlineData("delete")]
    [InlineData("completion")]
    [InlineData("version")]
    public async Task Help_before_a_command_and_the_option_behind_it_say_the_same(string command)
    {
        var asCommand = await new TestRun().OfAsync(["help", command]);

        Assert.Equal(await new TestRun().OfAsync([command, "--help"]), asCommand);
        Assert.NotEqual("", asCommand.Out);
    }
}
