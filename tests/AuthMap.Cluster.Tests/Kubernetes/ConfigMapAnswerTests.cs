using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Editing;

namespace AuthMap.Cluster.Tests.Kubernetes;

/// <summary>What is read of the ConfigMap, and what is written.</summary>
public sealed class ConfigMapAnswerTests : ApiServerTest
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\uFEFF{\"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"aws-auth\", \"resourceVersion\": \"1\"}}")]
    [InlineData("""{"kind": "ConfigMap"}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": null}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": []}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth"}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": ""}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": 1}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "other", "resourceVersion": "1"}}""")]
    [InlineData("""{"kind": "Secret", "metadata": {"name": "aws-auth", "resourceVersion": "1"}}""")]
    [InlineData("""{"kind": 1, "metadata": {"name": "aws-auth", "resourceVersion": "1"}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1", "annotations": []}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1", "annotations": {"a": 1}}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1", "managedFields": {}}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1", "managedFields": ["x"]}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1", "managedFields": [{"manager": 1}]}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1"}, "data": []}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1"}, "data": {"mapRoles": []}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1"}, "data": {"mapRoles": "\ud800"}}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1"}""")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1"}} more""")]
    public async Task What_is_no_ConfigMap_is_not_the_answer_of_an_API(string body)
    {
        Server.Instead = (context, _) => ApiServerFake.AnswerAsync(context, 200, body);

        var failure = await Expect.FailureAsync(FailureKind.Failed, () => Target.Store.ReadAsync(Stop));

        Assert.Equal("ctx does not answer as a Kubernetes API server does: 200, application/json", failure.Message);
    }

    [Theory]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1"}}""", "", "", "")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1", "annotations": null, "managedFields": null}, "data": null}""", "", "", "")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "resourceVersion": "1", "annotations": {}, "managedFields": [{}, {"manager": "helm", "fieldsV1": null}]}, "data": {}}""", "", "", "")]
    [InlineData("""{"x": [{"y": null}], "kind": "Pod", "kind": "ConfigMap", "data": {"a": "1", "b": "2", "\u0061": "\u0033"}, "binaryData": {"z": "AAAA"}, "metadata": {"name": "aws-auth", "resourceVersion": "0", "resourceVersion": "1", "annotations": {"k": "v"}, "managedFields": [{"manager": "helm", "fieldsV1": {"f:data": {}}}]}}""", "a=3,b=2", "k=v", "Helm")]
    public async Task A_ConfigMap_may_leave_things_out_and_say_more(string body, string data, string annotations, string owners)
    {
        Server.Instead = (context, _) => ApiServerFake.AnswerAsync(context, 200, body);

        var read = await Target.Store.ReadAsync(Stop);

        Assert.Equal(
            ("1", data, annotations, owners),
            (read.Version, string.Join(',', read.Data.Select(pair => $"{pair.Key}={pair.Value}")),
                string.Join(',', read.Annotations.Select(pair => $"{pair.Key}={pair.Value}")), string.Join(',', read.OtherOwners)));
    }

    [Fact]
    public async Task A_patch_takes_keys_away_with_null()
    {
        Server.With(("mapUsers", "[]\n"));
        var texts = new Dictionary<string, string> { ["mapRoles"] = "😀\"\n" };

        await Target.Store.WriteAsync(
            await Target.Store.ReadAsync(Stop), new WriteRequest(texts, new Dictionary<string, string>()) { Removed = ["mapUsers"] }, Stop);

        Assert.Equal("""{"data":{"mapRoles":"\uD83D\uDE00\"\n","mapUsers":null},"metadata":{"resourceVersion":"100"}}""", Server.Requests[^1].Body);
    }
}
