using AuthMap.Cli.Commands;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Tests.Parsing;

public sealed class LintRequestTests
{
    private const string Admin = "arn:aws:iam::111122223333:role/admin";

    [Fact]
    public void Errors_fail_and_a_table_is_shown_unless_asked_otherwise()
    {
        var request = Assert.IsType<LintRequest>(Parse("lint"));
        Assert.Equal((LintFormat.Table, FailOn.Error), (request.Format, request.FailOn));
        Assert.Empty(request.Settings.AllowedMasters);
    }

    [Fact]
    public void Everything_can_be_asked_for()
    {
        var request = Assert.IsType<LintRequest>(Parse(
            "lint", "--manifest", "repo", "-o", "sarif", "--fail-on", "warning", "--allow-masters", $"{Admin},{Admin}2", "--allow-masters", $"{Admin}3"));
        Assert.Equal((LintFormat.Sarif, FailOn.Warning, new ManifestSource("repo")), (request.Format, request.FailOn, request.Source));
        Assert.Equal([Admin, $"{Admin}2", $"{Admin}3"], request.Settings.AllowedMasters);
    }

    [Theory]
    [InlineData("--fix", false)]
    [InlineData("--fix-access", true)]
    public void Mending_is_a_change(string option, bool lettingIn)
    {
        var request = Assert.IsType<MendRequest>(Parse("lint", option, "--dry-run", "--exit-code", "-o", "json"));
        Assert.Equal(lettingIn, request.Wish.LettingIn);
        Assert.Equal((true, true, StructuredFormat.Json), (request.Change.DryRun, request.Change.ExitCode, request.Change.Format));
    }

    [Theory]
    [InlineData("--dry-run works with --fix or --fix-access only", "lint", "--dry-run")]
    [InlineData("with --fix, --output cannot be \"github\"", "lint", "--fix", "-o", "github")]
    [InlineData("--exit-code works with --dry-run only", "lint", "--fix", "--exit-code")]
    public void Combinations_that_make_no_sense_are_refused(string message, params string[] args) =>
        Assert.Equal(message, Assert.Throws<AuthMapException>(() => Parse(args)).Failure.Message);

    private static Request Parse(params string[] args) => ArgumentParser.Parse(args, null);
}
