using AuthMap.Cluster.Manifests;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Manifests;

public sealed class ListFilesTests : IDisposable
{
    private readonly Workspace _work = new();

    public ListFilesTests() => _work.Write("lists/team.yaml", "- rolearn: arn:aws:iam::111122223333:role/dev\n  username: dev\n");

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Objects_about_other_things_are_left_out()
    {
        _work.Write("lists/other.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata:\n  key: value\n");
        Assert.Single(await ReadAsync());
    }

    [Theory]
    [InlineData("", "holds no list of mappings: it is empty")]
    [InlineData("# nothing yet\n", "holds no list of mappings: it is empty")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auht\n  namespace: kube-system\ndata:\n  mapRoles: |\n    []\n", "has no ConfigMap kube-system/aws-auth")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-sytem\ndata:\n  mapUsers: |\n    []\n", "has no ConfigMap kube-system/aws-auth")]
    [InlineData("apiVersion: v1\nkind: Configmap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n    []\n", "has no ConfigMap kube-system/aws-auth")]
    public async Task What_may_be_a_mistake_is_an_error_and_no_list_without_mappings(string text, string message)
    {
        var path = _work.Write("lists/mistake.yaml", text);
        var failure = (await Assert.ThrowsAsync<AuthMapException>(ReadAsync)).Failure;
        Assert.Equal((FailureKind.Usage, $"{path} {message}"), (failure.Kind, failure.Message));
    }

    private Task<IReadOnlyList<Lists.MappingList>> ReadAsync() =>
        ListFiles.ReadAsync(_work.Path("lists"), Stream.Null, keepPath: false, TestContext.Current.CancellationToken);
}
