using System.Text.Json.Nodes;
using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Aws;

public sealed class SsoTests : AwsSessionTest
{
    private const string Profile = "[profile dev]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 444455556666\nsso_role_name = Admin\n"
        + "[sso-session corp]\nsso_region = eu-central-1\nsso_start_url = https://corp.awsapps.com/start\n";

    // The AWS CLI names the files so: the SHA-1 of "corp", and of the start URL.
    private const string SessionFile = "ee0bfd2552fbd840c02cc48b6e823320543c450f";
    private const string StartUrlFile = "a51746d4aa793ae07b25e90c3a5db96fc7832bd7";

    private string Cache(string name, string json) => Work.Write($"home/.aws/sso/cache/{name}.json", json);

    private async Task<string> IdentityAsync(string profile = "dev")
    {
        using var session = Open(new AwsSettings { Profile = profile });
        return await session.IdentityAsync(Cancel);
    }

    private void ServeRole(string token) => Fake.Instead = call => call.Target.StartsWith("/federation/credentials", StringComparison.Ordinal)
        ? call.Headers["x-amz-sso_bearer_token"] == token
            ? new AwsAnswer(200, $$"""{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "t", "expiration": {{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds()}} } }""")
            : AwsAnswer.Error(401, "UnauthorizedException", "Session token not found or invalid")
        : null;

    [Fact]
    public async Task A_sign_in_gives_the_roles_credentials()
    {
        Config(Profile);
        Cache(SessionFile, """{"accessToken": "secret-token", "expiresAt": "2099-01-01T00:00:00Z"}""");
        ServeRole("secret-token");

        Assert.Equal("account 444455556666", await IdentityAsync());

        Assert.Equal("/federation/credentials?account_id=444455556666&role_name=Admin", Assert.Single(Fake.Calls).Target);
        Assert.DoesNotContain("secret-token", string.Concat(Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_of_the_old_form_is_read_too()
    {
        Config("[profile old]\nregion = eu-west-1\nsso_account_id = 444455556666\nsso_role_name = Admin\nsso_region = eu-central-1\nsso_start_url = https://corp.awsapps.com/start\n");
        Cache(StartUrlFile, """{"accessToken": "a", "expiresAt": "2099-06-17T10:02:08UTC"}""");
        ServeRole("a");

        Assert.Equal("account 444455556666", await IdentityAsync("old"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    [InlineData("""{"accessToken": "a", "expiresAt": "2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"accessToken": "revoked", "expiresAt": "2099-01-01T00:00:00Z"}""")]
    [InlineData("""{"accessToken": "a", "expiresAt": "2020-01-01T00:00:00Z", "refreshToken": "r", "clientId": "i", "clientSecret": "s", "registrationExpiresAt": "2020-01-01T00:00:00Z"}""")]
    public async Task A_sign_in_that_is_over_is_answered_with_the_command_to_run(string? cache)
    {
        Config(Profile);
        ServeRole("a");
        if (cache is not null)
        {
            Cache(SessionFile, cache);
        }

        var failure = await Expect.FailureAsync(FailureKind.Unauthorized, () => IdentityAsync());

        Assert.Equal("the sign-in of profile \"dev\" to IAM Identity Center is missing or has expired", failure.Message);
        Assert.Equal("sign in with: aws sso login --profile dev", failure.Hint);
    }

    [Fact]
    public async Task A_sign_in_that_can_be_renewed_is_renewed_and_kept_for_the_other_tools()
    {
        Config(Profile);
        var path = Cache(SessionFile, """
            {"startUrl": "https://corp.awsapps.com/start", "accessToken": "old", "expiresAt": "2020-01-01T00:00:00Z",
             "refreshToken": "r1", "clientId": "id", "clientSecret": "cs", "registrationExpiresAt": "2099-01-01T00:00:00Z"}
            """);
        ServeRole("new");
        var role = Fake.Instead;
        Fake.Instead = call => call.Target == "/token"
            ? new AwsAnswer(200, """{"accessToken": "new", "expiresIn": 28800, "refreshToken": "r2", "tokenType": "Bearer"}""")
            : role(call);

        Assert.Equal("account 444455556666", await IdentityAsync());
        Assert.Equal("account 444455556666", await IdentityAsync());

        Assert.Equal(["/token", "/federation/credentials", "/federation/credentials"], Fake.Calls.Select(call => call.Target.Split('?')[0]));
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(path, Cancel))!;
        Assert.Equal(("new", "r2", "https://corp.awsapps.com/start"), ((string?)kept["accessToken"], (string?)kept["refreshToken"], (string?)kept["startUrl"]));
    }
}
