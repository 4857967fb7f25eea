using System.Text;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Kubernetes.Http;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class ApiRefusalTests
{
    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"Status\"")]
    [InlineData("\uFEFF{\"kind\": \"Status\"}")]
    [InlineData("""{"kind": "Status" """)]
    [InlineData("""{"kind": "Status"} more""")]
    [InlineData("""{"Kind": "Status"}""")]
    [InlineData("""{"kind": "ConfigMap"}""")]
    [InlineData("""{"kind": ["Status"]}""")]
    [InlineData("""{"kind": "Status", "message": 1}""")]
    [InlineData("""{"kind": "Status", "message": "\ud800"}""")]
    [InlineData("""{"kind": "Status", "reason": {}}""")]
    public void What_is_no_status_is_not_the_answer_of_an_API(string body)
    {
        var answer = Answer(body);

        Assert.Equal("c does not answer as a Kubernetes API server does: 500, text/plain", ApiRefusal.Of(answer, "c", "get").Failure.Message);
        Assert.Equal("HTTP 500", ApiRefusal.Said(answer));
    }

    [Theory]
    [InlineData("""{"kind": "Status"}""", "HTTP 500")]
    [InlineData("""{"kind": "Status", "metadata": null, "message": null, "reason": null}""", "HTTP 500")]
    [InlineData("""{"kind": "Status", "message": "", "reason": "InternalError"}""", "InternalError")]
    [InlineData("""{"kind": "List", "x": [{"y": 1}], "message": "no", "kind": "Status", "reason": "InternalError", "message": "\u0079es"}""", "yes")]
    public void A_status_may_leave_things_out_and_say_more(string body, string said)
    {
        var failure = ApiRefusal.Of(Answer(body), "c", "get").Failure;

        Assert.Equal("c does not get aws-auth: 500", failure.Message);
        Assert.Equal(said, Assert.Single(failure.Details));
    }

    private static ApiAnswer Answer(string body) => new(500, Encoding.UTF8.GetBytes(body), "text/plain", null);
}
