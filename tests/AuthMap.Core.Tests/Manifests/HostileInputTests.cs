using System.Diagnostics;
using System.Text;
using static AuthMap.Core.Tests.Manifests.Manifest;

namespace AuthMap.Core.Tests.Manifests;

public sealed class HostileInputTests
{
    // Guards against hanging; it measures nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("- ", "nested more than 100 levels deep")]
    [InlineData("[", "nested more than 100 levels deep")]
    [InlineData("{a: ", "nested more than 100 levels deep")]
    [InlineData("? ", "nested more than 100 levels deep")]
    [InlineData("- a\n", "more than 500000 values")]
    [InlineData("[],", null)]
    [InlineData("&a *a ", null)]
    [InlineData("\t", null)]
    [InlineData("'", null)]
    [InlineData("!", null)]
    [InlineData("a: ", null)]
    [InlineData("---\n", null)]
    [InlineData("|", null)]
    [InlineData("\"\\", null)]
    [InlineData("#", null)]
    public void Megabytes_of_one_thing_fail_soon(string piece, string? message)
    {
        var text = new StringBuilder().Insert(0, piece, (piece == "- a\n" ? 5 : 2) * 1024 * 1024 / piece.Length).ToString();
        var watch = Stopwatch.StartNew();
        var failure = Fails(() => Parse(text));
        Assert.True(watch.Elapsed < Patience, watch.Elapsed.ToString());
        Assert.True(message is null || failure.Message.Contains(message, StringComparison.Ordinal), failure.Message);
    }

    [Fact]
    public void Aliases_of_aliases_cost_nothing()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 50; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Assert.Equal("r", Parse($"{Head}data:\n  mapRoles: r\n{text}").Data["mapRoles"]);
        Assert.Equal($"{Head}data:\n  mapRoles: |\n    s\n{text}", Edited($"{Head}data:\n  mapRoles: r\n{text}", "mapRoles", "s\n"));
    }

    [Fact]
    public void An_alias_to_what_it_stands_in_is_no_trap()
    {
        Assert.Equal(FailureKind.NotFound, Fails(() => Parse("&a\nkind: List\nitems: &b [*a, *b]\n")).Kind);
        Assert.Equal("r", Parse($"{Head}data:\n  mapRoles: r\nx: &x [*x]\n").Data["mapRoles"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_megabytes_are_edited_in_a_moment(bool quoted)
    {
        var value = new StringBuilder().Insert(0, One, 2 * 1024 * 1024 / One.Length).ToString();
        var key = $"{Head}data:\n  mapRoles: ";
        var text = quoted
            ? $"{key}\"{value.Replace("\n", "\\n", StringComparison.Ordinal)}\"\n"
            : $"{key}|\n    {value.TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal)}\n";
        var watch = Stopwatch.StartNew();
        var edited = Edited(text, "mapRoles", Two + value[One.Length..] + Two);
        Assert.True(watch.Elapsed < Patience, watch.Elapsed.ToString());
        Assert.Equal(text.Length + Two.Length + (quoted ? 2 : 8), edited.Length);
    }
}
