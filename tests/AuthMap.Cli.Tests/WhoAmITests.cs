using AuthMap.Cli.Tests.Support;
using AuthMap.Guarding;
using AuthMap.Resolving;

namespace AuthMap.Cli.Tests;

/// <summary>The map's word beside the server's.</summary>
public sealed class WhoAmITests
{
    private const string Role = "arn:aws:iam::111122223333:role/k8sDev";
    private const string Me = "arn:aws:sts::111122223333:assumed-role/k8sDev/me";
    private const string Map = $"- rolearn: {Role}\n  username: dev-user\n  groups: [view]\n";

    private static readonly SelfReview _same = new("dev-user", ["view", "system:authenticated"], Me, "AROAX:me", "ASIAX");

    [Fact]
    public async Task A_server_that_says_the_same_confirms_the_map() => Assert.Equal(
        new(0, $"""
            you are {Me}
            {Role}
              enters as   dev-user
              groups      view
              because     mapRoles line 1
              server      says the same

            """, ""),
        await RunAsync(new(Map) { Caller = new(Me), Review = _same }));

    [Fact]
    public async Task The_server_alone_may_know_who_asks()
    {
        var result = await RunAsync(new(Map) { Review = _same });

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"you are {Me}\n", result.Out);
    }

    [Fact]
    public async Task A_server_that_says_nothing_leaves_the_map()
    {
        const string Unknown = "  server      does not say who you are; it can from Kubernetes 1.28 on\n";
        var entering = await RunAsync(new(Map) { Caller = new(Me) });
        var denied = await RunAsync(new("[]\n") { Caller = new(Me) });

        Assert.Equal((0, 4), (entering.ExitCode, denied.ExitCode));
        Assert.EndsWith(Unknown, entering.Out);
        Assert.EndsWith(
            Unknown + "  note        it let you in all the same: you may have created the cluster, which makes you its administrator without an entry, or have an access entry\n",
            denied.Out);
    }

    [Theory]
    [InlineData(AuthenticationMode.ApiAndConfigMap, "by an access entry, which wins over the map: the authentication mode is API_AND_CONFIG_MAP")]
    [InlineData(AuthenticationMode.Api, "by an access entry: the authentication mode is API, and nobody reads the map")]
    [InlineData(AuthenticationMode.ConfigMap, "the map was changed a moment ago: ")]
    public async Task A_difference_is_shown_with_what_may_explain_it(AuthenticationMode mode, string reason)
    {
        var result = await RunAsync(new(Map) { Caller = new(Me), Review = _same with { Groups = ["edit"] }, Mode = mode });

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("  server      says otherwise: dev-user, groups edit\n", result.Out);
        Assert.Contains($"  perhaps     {reason}", result.Out);
    }

    [Fact]
    public async Task Whoever_enters_without_AWS_is_told_so() => Assert.Equal(
        new(0, """
            you are nobody known to AWS: the server let you in by other credentials, for which the map does not count
              server      says admin, groups system:masters

            """, ""),
        await RunAsync(new(Map) { Review = new("admin", ["system:masters"], null, null, null) }));

    [Fact]
    public async Task Where_nobody_says_who_asks_that_is_an_error() => Assert.Equal(
        new(1, "", """
            error: who you are could not be learnt: dev does not say it, nor does STS
            hint: with --cluster NAME it is asked from AWS; or name yourself: authmap resolve --arn ARN

            """),
        await RunAsync(new(Map)));

    [Fact]
    public async Task Programs_get_both_words_and_whether_they_agree()
    {
        Assert.Equal($"""
            map:
              caller: {Me}
              canonicalArn: {Role}
              ambiguous: false
              outcomes:
              - username: dev-user
                groups:
                - view
                error: null
              entries:
              - key: mapRoles
                line: 1
                text: "rolearn: {Role}\u000a  username: dev-user\u000a  groups: [view]"
              shadowed: []
              nearMisses: []
              unfilled: []
            server:
              username: dev-user
              groups:
              - view
              - system:authenticated
              arn: {Me}
            agrees: true

            """, (await RunAsync(new(Map) { Review = _same }, "-o", "yaml")).Out);
        Assert.EndsWith("    \"server\": null,\n    \"agrees\": null\n}\n", (await RunAsync(new(Map) { Caller = new(Me) }, "-o", "json")).Out);
    }

    private static Task<RunResult> RunAsync(FakeCluster cluster, params string[] more) =>
        new TestRun { Connector = (_, _, _) => new(cluster, null) }.OfAsync(["whoami", .. more]);
}
