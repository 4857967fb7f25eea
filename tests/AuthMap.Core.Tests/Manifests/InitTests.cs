using AuthMap.Manifests;
using static AuthMap.Core.Tests.Manifests.Manifest;

namespace AuthMap.Core.Tests.Manifests;

public sealed class InitTests
{
    private const string Fresh = Head + "data: {}\n";

    [Theory]
    [InlineData(null, Fresh)]
    [InlineData("", Fresh)]
    [InlineData("\n", "\n" + Fresh)]
    [InlineData("# mine", "# mine\n" + Fresh)]
    [InlineData("kind: x\n", "kind: x\n---\n" + Fresh)]
    [InlineData("kind: x", "kind: x\n---\n" + Fresh)]
    [InlineData("kind: x\n...\n", "kind: x\n...\n---\n" + Fresh)]
    [InlineData("\ufeffkind: x\n", "\ufeffkind: x\n---\n" + Fresh)]
    [InlineData("x: |+\n  a\n\n", "x: |+\n  a\n\n---\n" + Fresh)]
    [InlineData("---\n---\nkind: x\n", "---\n---\nkind: x\n---\n" + Fresh)]
    [InlineData(Head, Head)]
    public void It_makes_or_appends_an_empty_map(string? before, string after)
    {
        Assert.Equal(after, ManifestDocument.Init(before, "aws-auth.yaml"));
        Assert.Empty(Parse(after).Data);
    }

    [Fact]
    public void It_writes_the_line_breaks_of_the_file()
    {
        Assert.Equal("kind: x\r\n---\r\n" + Fresh.ReplaceLineEndings("\r\n"), ManifestDocument.Init("kind: x\r\n", "aws-auth.yaml"));
    }

    [Theory]
    [InlineData("{\"kind\": \"x\"}", "aws-auth.yaml is JSON without aws-auth, and JSON takes no second document")]
    [InlineData("hello", "aws-auth.yaml:1:1: not a Kubernetes object, so this is no manifest")]
    [InlineData("kind: x\n---\n- a\n", "aws-auth.yaml:3:1: not a Kubernetes object, so this is no manifest")]
    [InlineData("x: |\n  a", "aws-auth.yaml cannot take another document without a change to its last one")]
    public void It_refuses_files_that_cannot_take_one(string text, string message)
    {
        var failure = Fails(() => ManifestDocument.Init(text, "aws-auth.yaml"));
        Assert.Equal((FailureKind.Refused, message), (failure.Kind, failure.Message));
        Assert.NotNull(failure.Hint);
    }

    [Fact]
    public void The_first_mapping_makes_it_what_a_person_would_have_written()
    {
        var text = Edited(ManifestDocument.Init(null, "aws-auth.yaml"), "mapRoles", One);
        Assert.Equal($"{Head}data:\n  mapRoles: |\n    {One.TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal)}\n", text);
    }
}
