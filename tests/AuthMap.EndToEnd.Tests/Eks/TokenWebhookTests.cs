using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>The webhook lets nothing pass that the real one refuses; otherwise no other test here would prove anything.</summary>
public sealed class TokenWebhookTests(EksCluster cluster) : EksTest(cluster)
{
    private const string Mismatch = "The request signature we calculated does not match";

    private Principal dev = null!;

    private TokenForge Good => new(dev, EksCluster.Name);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        dev = Cluster.Iam.AddSession(Maps.Dev, "bob@example.com");
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: $$$"""
            - rolearn: {{{Maps.Dev}}}
              username: dev:{{SessionName}}
              groups: [view, "account-{{AccountID}}"]

            """);
    }

    [Fact]
    public async Task A_good_token_enters_as_its_entry_says()
    {
        var status = await Cluster.ReviewAsync(Good.Token());

        Assert.True(status["authenticated"]!.GetValue<bool>());
        Assert.Equal("dev:bob-example.com", status["user"]!["username"]!.GetValue<string>());
        Assert.Equal(
            """["view","account-111122223333","system:authenticated"]""", status["user"]!["groups"]!.ToJsonString());
        Assert.Equal($"""["{Maps.Dev}"]""", status["user"]!["extra"]!["canonicalArn"]!.ToJsonString());
    }

    [Fact]
    public async Task A_user_enters_by_its_whole_ARN_and_an_account_by_its_number()
    {
        var alice = Cluster.Iam.AddUser($"arn:aws:iam::{Maps.Account}:user/team/alice");
        var stranger = Cluster.Iam.AddSession("arn:aws:iam::444455556666:role/ops");
        await Cluster.Server.AwsAuth.PutAsync(
            mapUsers: $"- userarn: {alice.Arn}\n  username: alice\n", mapAccounts: "- \"444455556666\"\n");

        Assert.Equal("alice", await UserAsync(alice));
        Assert.Equal("arn:aws:iam::444455556666:role/ops", await UserAsync(stranger));

        async Task<string?> UserAsync(Principal principal) =>
            (await Cluster.ReviewAsync(new TokenForge(principal, EksCluster.Name).Token()))["user"]!["username"]!.GetValue<string>();
    }

    [Fact]
    public async Task The_creator_enters_without_an_entry()
    {
        var status = await Cluster.ReviewAsync(new TokenForge(Cluster.Creator, EksCluster.Name).Token());

        Assert.Equal("""["system:masters","system:authenticated"]""", status["user"]!["groups"]!.ToJsonString());
    }

    [Fact]
    public async Task Whoever_is_not_mapped_stays_out()
    {
        dev = Cluster.Iam.AddSession("arn:aws:iam::111122223333:role/unmapped");

        await RefusedAsync(Good.Token(), "identity is not mapped");
    }

    [Fact]
    public async Task A_token_for_another_cluster_is_refused() =>
        await RefusedAsync((Good with { ClusterId = "other" }).Token(), Mismatch);

    [Fact]
    public async Task A_token_by_another_secret_is_refused() =>
        await RefusedAsync((Good with { Principal = dev with { SecretAccessKey = "guessed" } }).Token(), Mismatch);

    [Fact]
    public async Task A_token_with_another_session_token_is_refused() =>
        await RefusedAsync((Good with { Principal = dev with { SessionToken = "guessed" } }).Token(), "InvalidClientTokenId");

    [Fact]
    public async Task A_token_of_a_session_that_ended_is_refused()
    {
        dev = Cluster.Iam.Assume(Cluster.Iam.AddRole(Maps.Dev), "bob", DateTimeOffset.UtcNow.AddSeconds(-1));

        await RefusedAsync(Good.Token(), "ExpiredToken");
    }

    [Fact]
    public async Task A_tampered_token_is_refused()
    {
        var url = Good.Url();
        await RefusedAsync(TokenForge.Wrap(url[..^1] + (url[^1] == '0' ? '1' : '0')), Mismatch);
        await RefusedAsync(TokenForge.Wrap(url.Replace("X-Amz-Expires=60", "X-Amz-Expires=900", StringComparison.Ordinal)), Mismatch);
        await RefusedAsync(TokenForge.Wrap(url.Replace("sts.eu-west-1.", "sts.eu-west-2.", StringComparison.Ordinal)), Mismatch);
        await RefusedAsync(
            TokenForge.Wrap(url.Replace("%3Bx-k8s-aws-id", "%3Bx-evil%3Bx-k8s-aws-id", StringComparison.Ordinal)), Mismatch);
    }

    [Fact]
    public async Task An_old_token_is_refused_after_fifteen_minutes()
    {
        var now = DateTimeOffset.UtcNow;
        Assert.True((await Cluster.ReviewAsync((Good with { Date = now.AddMinutes(-14) }).Token()))["authenticated"]!.GetValue<bool>());
        await RefusedAsync((Good with { Date = now.AddMinutes(-16) }).Token(), "X-Amz-Date parameter is expired");
        await RefusedAsync((Good with { Date = now.AddMinutes(7) }).Token(), "Signature not yet current");
    }

    [Fact]
    public async Task A_token_that_points_elsewhere_is_refused()
    {
        await RefusedAsync((Good with { Host = "sts.evil.example" }).Token(), "unexpected host");
        await RefusedAsync((Good with { Host = "sts.eu-west-1.amazonaws.com.evil.example" }).Token(), "unexpected host");
        await RefusedAsync((Good with { Host = "sts.cn-north-1.amazonaws.com.cn", Region = "cn-north-1" }).Token(), "unexpected host");
        await RefusedAsync((Good with { Host = "STS.eu-west-1.amazonaws.com" }).Token(), "unexpected host");
        await RefusedAsync((Good with { Host = "sts.eu-west-1.amazonaws.com:443" }).Token(), "unexpected host");
        await RefusedAsync((Good with { Host = "sts.eu-west-1.amazonaws.com." }).Token(), "unexpected host");
        await RefusedAsync((Good with { Scheme = "http" }).Token(), "unexpected scheme");
        await RefusedAsync((Good with { Path = "//" }).Token(), "unexpected path");
    }

    [Fact]
    public async Task A_token_that_asks_for_more_or_for_something_else_is_refused()
    {
        await RefusedAsync((Good with { Action = "getcalleridentity" }).Token(), "unexpected action");
        await RefusedAsync((Good with { Action = "AssumeRole" }).Token(), "unexpected action");
        await RefusedAsync((Good with { More = [("RoleArn", Maps.Other)] }).Token(), "non-whitelisted query parameter");
        await RefusedAsync((Good with { More = [("Action", "GetCallerIdentity")] }).Token(), "multiple values");
        await RefusedAsync((Good with { More = [("action", "GetCallerIdentity")] }).Token(), "multiple values");
        await RefusedAsync(TokenForge.Wrap(Good.Url() + ";a=b"), "malformed query");
        await RefusedAsync((Good with { SignsClusterId = false }).Token(), "did not sign the x-k8s-aws-id header");
        await RefusedAsync((Good with { Expires = "901" }).Token(), "invalid X-Amz-Expires");
        await RefusedAsync((Good with { Expires = "" }).Token(), "invalid X-Amz-Expires");
    }

    [Fact]
    public async Task A_token_of_another_form_is_refused()
    {
        var token = Good.Token();
        await RefusedAsync(token.Replace("k8s-aws-v1.", "k8s-aws-v2.", StringComparison.Ordinal), "missing expected");
        await RefusedAsync("k8s-aws-v1." + Convert.ToBase64String(Encoding.UTF8.GetBytes(Good.Url() + "?>")), "illegal base64");
        await RefusedAsync(token + new string('A', 4096), "too large");
        await RefusedAsync(TokenForge.Wrap("not a URL"), "malformed URL");
    }

    private async Task RefusedAsync(string token, string reason)
    {
        Cluster.Webhook.Forget();

        var status = await Cluster.ReviewAsync(token);

        Assert.Null(status["authenticated"]);
        Assert.Contains(reason, Assert.Single(Cluster.Webhook.Refusals), StringComparison.Ordinal);
    }
}
