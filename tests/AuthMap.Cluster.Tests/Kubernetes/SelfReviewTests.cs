using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Confirming;
using AuthMap.Editing;
using AuthMap.Resolving;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class SelfReviewTests : IAsyncLifetime
{
    private readonly Workspace _work = new();
    private ApiServerFake _server = null!;
    private KubernetesTarget _target = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IAwsAuthStore Store => _target.Store;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServerFake.StartAsync(null);
        _work.Kubeconfig($"{{server: \"http://127.0.0.1:{_server.Port}\"}}", "{token: secret}");
        _target = _work.Target(options: new KubernetesOptions("1"));
    }

    public async ValueTask DisposeAsync()
    {
        _target.Dispose();
        await _server.DisposeAsync();
        _work.Dispose();
    }

    [Fact]
    public async Task The_server_says_which_caller_of_aws_it_let_in()
    {
        Answer(201, """
            {"kind": "SelfSubjectReview", "apiVersion": "authentication.k8s.io/v1", "status": {"userInfo": {
              "username": "dev", "uid": "x", "groups": ["view", "system:authenticated"],
              "extra": {"arn": ["arn:aws:sts::111122223333:assumed-role/dev/me"], "canonicalArn": ["arn:aws:iam::111122223333:role/dev"],
                "sessionName": ["me"], "principalId": ["AROAX"], "accessKeyId": ["ASIAX"]}}}}
            """);

        var caller = await Store.WhoAmIAsync(Stop);

        Assert.Equal(
            new Caller("arn:aws:sts::111122223333:assumed-role/dev/me") { UserId = "AROAX:me", AccessKeyId = "ASIAX" }, caller);
        var request = _server.Requests.Single();
        Assert.Equal(("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews"), (request.Method, request.Path));
        Assert.Equal("""{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}""", request.Body);
    }

    [Theory]
    [InlineData(201, """{"status": {"userInfo": {"username": "admin", "groups": ["system:masters"]}}}""")]
    [InlineData(201, """{"status": {}}""")]
    [InlineData(200, "<html>")]
    [InlineData(404, "{}")]
    [InlineData(403, "{}")]
    public async Task Whoever_is_not_known_as_a_caller_of_aws_is_unknown(int status, string body)
    {
        Answer(status, body);
        Assert.Null(await Store.WhoAmIAsync(Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"Status\"")]
    [InlineData("\uFEFF{\"status\": {\"userInfo\": {}}}")]
    [InlineData("""{"status": {"userInfo": {}}""")]
    [InlineData("""{"status": {"userInfo": {}}} more""")]
    [InlineData("""{"status": {"userInfo": {}} /* sic */}""")]
    [InlineData("""{"status": []}""")]
    [InlineData("""{"status": {"userInfo": "dev"}}""")]
    [InlineData("""{"status": {"userInfo": {"username": 1}}}""")]
    [InlineData("""{"status": {"userInfo": {"username": "\ud800"}}}""")]
    [InlineData("""{"status": {"userInfo": {"groups": "view"}}}""")]
    [InlineData("""{"status": {"userInfo": {"groups": ["view", 1]}}}""")]
    [InlineData("""{"status": {"userInfo": {"extra": []}}}""")]
    [InlineData("""{"status": {"userInfo": {"extra": {"arn": "arn:aws:iam::111122223333:user/ann"}}}}""")]
    [InlineData("""{"status": {"userInfo": {"extra": {"arn": ["arn:aws:iam::111122223333:user/ann", 1]}}}}""")]
    public async Task What_is_no_review_says_nothing(string body)
    {
        Answer(201, body);
        Assert.Null(await Store.ReviewAsync(Stop));
    }

    [Fact]
    public async Task What_is_no_review_is_told_from_one_that_says_nothing()
    {
        Answer(201, """{"status": {"userInfo": {"username": 1}}}""");
        var nonsense = Assert.IsType<Unanswered>(await Store.Entrance!.EnterAsync(Stop));
        Answer(201, "{}");
        var nothing = Assert.IsType<Unanswered>(await Store.Entrance!.EnterAsync(Stop));

        Assert.Equal("ctx does not say as whom you enter: its answer cannot be read", nonsense.Reason);
        Assert.Equal("ctx does not say as whom you enter: HTTP 201", nothing.Reason);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"status": null}""")]
    [InlineData("""{"status": {"userInfo": null}}""")]
    [InlineData("""{"Status": {"userInfo": {"username": "dev"}}}""")]
    public async Task A_review_of_nobody_says_nothing(string body)
    {
        Answer(201, body);
        Assert.Null(await Store.ReviewAsync(Stop));
    }

    [Theory]
    [InlineData("""{"status": {"userInfo": {}}}""", "", "", null)]
    [InlineData("""{"status": {"userInfo": {"username": null, "groups": null, "extra": null}}}""", "", "", null)]
    [InlineData("""{"status": {"userInfo": {"username": "dev", "groups": [], "extra": {"arn": null, "accessKeyId": []}}}}""", "dev", "", null)]
    [InlineData("""{"status": {"userInfo": {"username": "dev", "extra": {"arn": [null], "accessKeyId": [""]}}}}""", "dev", "", null)]
    [InlineData("""{"status": {"userInfo": {"username": "a", "username": "\u0064ev", "groups": ["a"], "groups": ["b", "c"]}}}""", "dev", "b,c", null)]
    [InlineData("""{"x": [{}], "status": {"x": 1, "userInfo": {"x": [[1]], "username": "dev", "extra": {"arn": ["a", "b"]}}}}""", "dev", "", "a")]
    public async Task A_review_may_leave_things_out_and_say_more(string body, string username, string groups, string? arn)
    {
        Answer(201, body);

        var review = (await Store.ReviewAsync(Stop))!;

        Assert.Equal((username, groups, arn), (review.Username, string.Join(',', review.Groups), review.Caller?.Arn));
    }

    [Fact]
    public async Task The_server_is_asked_once()
    {
        Answer(201, """{"status": {"userInfo": {"username": "admin", "groups": ["system:masters"]}}}""");

        var review = await Store.ReviewAsync(Stop);

        Assert.Equal(("admin", "system:masters"), (review!.Username, Assert.Single(review.Groups)));
        Assert.Null(await Store.WhoAmIAsync(Stop));
        Assert.Single(_server.Requests);
    }

    private void Answer(int status, string body) => _server.Instead = (context, _) => ApiServerFake.AnswerAsync(context, status, body);
}
