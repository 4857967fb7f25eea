using AuthMap.Cluster.Manifests;

namespace AuthMap.Cli.Tests.Manifests;

public sealed class ManifestSearchTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("authmap-search-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Manifests_are_found_in_all_folders_but_hidden_ones_and_links()
    {
        Write("b.yaml", "name: aws-auth");
        Write("a/x/c.YML", "aws-auth");
        Write("a/d.json", "\"aws-auth\"");
        Write("a/e.txt", "aws-auth");
        Write("f.yaml", "name: other");
        Write(".git/g.yaml", "aws-auth");
        File.CreateSymbolicLink(Path.Combine(_root, "link.yaml"), Path.Combine(_root, "b.yaml"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "a", "round"), _root);

        Assert.Equal(["a/d.json", "a/x/c.YML", "b.yaml"], ManifestSearch.Find(_root).Select(path => Path.GetRelativePath(_root, path)));
    }

    [Fact]
    public void A_folder_that_is_gone_is_a_failure_with_its_name()
    {
        var missing = Path.Combine(_root, "missing");
        var failure = Assert.Throws<AuthMapException>(() => ManifestSearch.Find(missing)).Failure;
        Assert.Equal(FailureKind.Failed, failure.Kind);
        Assert.StartsWith($"{missing} cannot be searched: ", failure.Message);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
