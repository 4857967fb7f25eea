using Amazon.Runtime;
using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Aws;

public sealed class CredentialTests : AwsSessionTest
{
    private async Task<string?> CallerAsync(AwsSettings? settings = null)
    {
        using var session = Open(settings);
        await session.IdentityAsync(Cancel);
        return await session.CallerArnAsync(Cancel);
    }

    private Task<Failure> FailureAsync(FailureKind kind, string? profile = null) =>
        Expect.FailureAsync(kind, () => CallerAsync(new AwsSettings { Profile = profile }));

    private const string Alice = "arn:aws:iam::111122223333:user/alice";

    [Fact]
    public async Task Keys_of_the_environment_are_used()
    {
        Keys();

        Assert.Equal(Alice, await CallerAsync());
    }

    [Fact]
    public async Task A_profile_that_is_asked_for_comes_before_the_environment()
    {
        Base().Set("AWS_ACCESS_KEY_ID", "other").Set("AWS_SECRET_ACCESS_KEY", "other");

        Assert.Equal(Alice, await CallerAsync(new AwsSettings { Profile = "base" }));
    }

    [Fact]
    public async Task The_environment_comes_before_the_profile_of_AWS_PROFILE()
    {
        Keys().Set("AWS_PROFILE", "not-there");

        Assert.Equal(Alice, await CallerAsync());
    }

    [Fact]
    public async Task The_default_profile_needs_no_name()
    {
        Credentials("[default]\naws_access_key_id=AKIDEXAMPLE\naws_secret_access_key=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n");
        Config("[default]\nregion=eu-west-1\n");

        Assert.Equal(Alice, await CallerAsync());
    }

    [Fact]
    public async Task The_files_may_be_elsewhere()
    {
        Work.Write("elsewhere/creds", "[profile-x]\naws_access_key_id=AKIDEXAMPLE\naws_secret_access_key=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n");
        Work.Write("elsewhere/conf", "[profile profile-x]\nregion=eu-west-1\n");
        Work.Set("AWS_SHARED_CREDENTIALS_FILE", "elsewhere/creds").Set("AWS_CONFIG_FILE", Work.Path("elsewhere/conf")).Set("AWS_PROFILE", "profile-x");

        Assert.Equal(Alice, await CallerAsync());
    }

    [Fact]
    public async Task An_unknown_profile_is_a_usage_error_that_lists_those_there_are()
    {
        Base();
        Config("[default]\n[profile \"my dev\"]\n[sso-session corp]\n[services s]\n");

        var failure = await FailureAsync(FailureKind.Usage, "bsae");

        Assert.Equal("there is no profile \"bsae\", which --profile names", failure.Message);
        Assert.Equal("there is base, default, my dev", failure.Hint);
    }

    [Fact]
    public async Task One_half_of_the_keys_is_not_silently_ignored()
    {
        Base().Set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");

        Assert.Equal(
            "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not", (await FailureAsync(FailureKind.Unauthorized)).Message);
    }

    [Fact]
    public async Task Without_any_credentials_the_failure_says_where_they_were_looked_for()
    {
        Work.Set("AWS_REGION", "eu-west-1");

        var failure = await FailureAsync(FailureKind.Unauthorized);

        Assert.Equal("there are no AWS credentials", failure.Message);
        Assert.Contains("AWS_EC2_METADATA_DISABLED", failure.Details[2], StringComparison.Ordinal);
        Assert.Equal("set some up with: aws configure", failure.Hint);
    }

    [Fact]
    public async Task A_role_of_a_profile_is_assumed_with_its_source_profile_and_with_nothing_else()
    {
        Base().Set("AWS_ACCESS_KEY_ID", "wrong").Set("AWS_SECRET_ACCESS_KEY", "wrong");
        Config("""
            [profile dev]
            role_arn = arn:aws:iam::444455556666:role/dev
            source_profile = base
            external_id = x/1
            duration_seconds = 1800
            role_session_name = me
            """);

        Assert.Equal("arn:aws:sts::444455556666:assumed-role/dev/me", await CallerAsync(new AwsSettings { Profile = "dev" }));

        var assume = Fake.Calls[0];
        Assert.Equal("AKIDEXAMPLE", assume.AccessKey);
        Assert.Equal(("x/1", "1800"), (assume.Form("ExternalId"), assume.Form("DurationSeconds")));
    }

    [Fact]
    public async Task Roles_may_build_on_roles()
    {
        Base();
        Config("""
            [profile a]
            role_arn = arn:aws:iam::444455556666:role/a
            source_profile = b
            [profile b]
            role_arn = arn:aws:iam::444455556666:role/b
            source_profile = base
            """);

        Assert.Equal("arn:aws:sts::444455556666:assumed-role/a/authmap-zo-", await CallerAsync(new AwsSettings { Profile = "a" }));

        Assert.Equal(["AKIDEXAMPLE", "ASIA1", "ASIA2"], Fake.Calls.Select(call => call.AccessKey));
    }

    [Fact]
    public async Task A_profile_may_be_the_source_of_its_own_role()
    {
        Credentials("""
            [self]
            aws_access_key_id = AKIDEXAMPLE
            aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
            role_arn = arn:aws:iam::444455556666:role/dev
            source_profile = self
            region = eu-west-1
            """);

        Assert.Equal("arn:aws:sts::444455556666:assumed-role/dev/authmap-zo-", await CallerAsync(new AwsSettings { Profile = "self" }));
    }

    [Fact]
    public async Task Roles_that_build_on_each_other_are_found_out()
    {
        Work.Set("AWS_REGION", "eu-west-1");
        Config("""
            [profile a]
            role_arn = arn:aws:iam::444455556666:role/a
            source_profile = b
            [profile b]
            role_arn = arn:aws:iam::444455556666:role/b
            source_profile = a
            """);

        Assert.Equal("profile \"a\" builds on itself: a → b → a", (await FailureAsync(FailureKind.Failed, "a")).Message);
    }

    [Theory]
    [InlineData("credential_source = Environment", "arn:aws:sts::444455556666:assumed-role/dev/authmap-zo-")]
    [InlineData("credential_source = Moon", null, "profile \"dev\" has an unknown credential_source: Moon")]
    [InlineData("credential_source = Ec2InstanceMetadata", null, "profile \"dev\" takes its credentials from the EC2 instance, which AWS_EC2_METADATA_DISABLED forbids")]
    [InlineData("credential_source = EcsContainer", null, "profile \"dev\" takes its credentials from a container, and this is none")]
    [InlineData("", null, "profile \"dev\" has a role_arn, but neither source_profile nor credential_source")]
    [InlineData("duration_seconds = 1h", null, "profile \"dev\" has a duration_seconds of 1h: 900 to 43200 are possible")]
    public async Task A_role_may_take_its_source_from_elsewhere(string setting, string? caller, string? message = null)
    {
        Keys();
        Config($"[profile dev]\nrole_arn = arn:aws:iam::444455556666:role/dev\n{setting}\n");

        if (caller is not null)
        {
            Assert.Equal(caller, await CallerAsync(new AwsSettings { Profile = "dev" }));
        }
        else
        {
            Assert.Equal(message, (await FailureAsync(FailureKind.Failed, "dev")).Message);
        }
    }

    [Fact]
    public async Task A_person_is_asked_for_the_code_of_an_mfa_device()
    {
        Base();
        Config("[profile dev]\nrole_arn = arn:aws:iam::444455556666:role/dev\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/alice\n");
        MfaCode = " 123456 ";

        await CallerAsync(new AwsSettings { Profile = "dev" });

        Assert.Equal(("arn:aws:iam::111122223333:mfa/alice", "123456"), (Fake.Calls[0].Form("SerialNumber"), Fake.Calls[0].Form("TokenCode")));
    }

    [Fact]
    public async Task Without_a_person_a_role_that_needs_a_code_fails()
    {
        Base();
        Config("[profile dev]\nrole_arn = arn:aws:iam::444455556666:role/dev\nsource_profile = base\nmfa_serial = GAHT12345678\n");

        var failure = await FailureAsync(FailureKind.Unauthorized, "dev");

        Assert.Equal(
            "arn:aws:iam::444455556666:role/dev needs the code of the MFA device GAHT12345678 (profile \"dev\"), and nobody can be asked",
            failure.Message);
        Assert.Empty(Fake.Calls);
    }

    [Fact]
    public async Task A_role_may_be_assumed_on_top_of_everything()
    {
        Base();
        Config("[profile dev]\nrole_arn = arn:aws:iam::444455556666:role/dev\nsource_profile = base\n");
        using var session = Open(new AwsSettings
        {
            Profile = "dev",
            RoleArn = "arn:aws:iam::777788889999:role/team/ops",
            ExternalId = "e",
            RoleSessionName = "s@x",
        });

        Assert.Equal("account 777788889999", await session.IdentityAsync(Cancel));
        Assert.Equal("role arn:aws:iam::777788889999:role/team/ops by profile \"dev\", region eu-west-1", session.Tried);
        Assert.Equal(("ASIA1", "e", "s@x"), (Fake.Calls[1].AccessKey, Fake.Calls[1].Form("ExternalId"), Fake.Calls[1].Form("RoleSessionName")));
    }

    [Theory]
    [InlineData("dev", null, null, "--role-arn dev is not the ARN of an IAM role")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/dev/x", null, null, "--role-arn arn:aws:sts::111122223333:assumed-role/dev/x is not the ARN of an IAM role")]
    [InlineData("arn:aws:iam::111122223333:role/dev", null, "a b", "--role-session-name a b cannot be the name of a session")]
    [InlineData(null, "e", null, "--external-id goes with --role-arn")]
    [InlineData(null, null, "s", "--role-session-name goes with --role-arn")]
    public void A_role_that_cannot_be_is_a_usage_error(string? role, string? externalId, string? name, string message)
    {
        Keys();

        var failure = Expect.Failure(
            FailureKind.Usage, () => Open(new AwsSettings { RoleArn = role, ExternalId = externalId, RoleSessionName = name }));

        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public async Task A_role_that_may_not_be_assumed_is_named_with_who_tried()
    {
        Keys();
        Fake.Instead = _ => AwsAnswer.StsError(403, "AccessDenied", "User: x is not authorized to perform: sts:AssumeRole on resource: y");

        var failure = await Expect.FailureAsync(
            FailureKind.Unauthorized, () => CallerAsync(new AwsSettings { RoleArn = "arn:aws:iam::777788889999:role/ops" }));

        Assert.Equal("the role arn:aws:iam::777788889999:role/ops may not be assumed (the credentials of the environment)", failure.Message);
        Assert.Equal(["User: x is not authorized to perform: sts:AssumeRole on resource: y"], failure.Details);
    }

    [Fact]
    public async Task Credentials_that_are_about_to_expire_are_fetched_again()
    {
        Keys();
        Fake.SessionLength = TimeSpan.FromSeconds(30);
        using var session = Open(new AwsSettings { RoleArn = "arn:aws:iam::777788889999:role/ops" });

        await session.ClusterTokenAsync("c1", Cancel);
        await session.ClusterTokenAsync("c1", Cancel);
        Fake.SessionLength = TimeSpan.FromHours(1);
        await session.ClusterTokenAsync("c1", Cancel);
        await session.ClusterTokenAsync("c1", Cancel);

        Assert.Equal(3, Fake.Calls.Count);
    }

    [Fact]
    public async Task Credentials_that_arrive_expired_are_a_failure()
    {
        Keys();
        Fake.SessionLength = TimeSpan.FromHours(-1);

        var failure = await Expect.FailureAsync(
            FailureKind.Unauthorized, () => CallerAsync(new AwsSettings { RoleArn = "arn:aws:iam::777788889999:role/ops" }));

        Assert.StartsWith("the AWS credentials have expired (role arn:aws:iam::777788889999:role/ops", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_assumes_its_role_with_a_web_identity()
    {
        Work.Write("token", "header.body.signature\n");
        Work.Set("AWS_REGION", "eu-west-1").Set("AWS_WEB_IDENTITY_TOKEN_FILE", Work.Path("token"))
            .Set("AWS_ROLE_ARN", "arn:aws:iam::444455556666:role/pod").Set("AWS_ROLE_SESSION_NAME", "pod-1");

        Assert.Equal("arn:aws:sts::444455556666:assumed-role/pod/pod-1", await CallerAsync());

        Assert.Equal((null, "header.body.signature"), (Fake.Calls[0].AccessKey, Fake.Calls[0].Form("WebIdentityToken")));
    }

    [Fact]
    public async Task A_profile_may_have_a_web_identity()
    {
        Work.Write("token", "t");
        Work.Set("AWS_REGION", "eu-west-1");
        Config($"[profile pod]\nrole_arn = arn:aws:iam::444455556666:role/pod\nweb_identity_token_file = {Work.Path("token")}\n");

        Assert.Equal("arn:aws:sts::444455556666:assumed-role/pod/authmap-zo-", await CallerAsync(new AwsSettings { Profile = "pod" }));
    }

    [Fact]
    public async Task A_process_may_print_the_credentials()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script");
        var script = Work.Script("creds.sh", """
            [ "$1" = "a b" ] || exit 9
            echo '{"Version": 1, "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "AccountId": "111122223333"}'
            """);
        Work.Set("AWS_REGION", "eu-west-1");
        Config($"[profile p]\ncredential_process = {script} \"a b\"\n");
        using var session = Open(new AwsSettings { Profile = "p" });

        Assert.Equal("account 111122223333", await session.IdentityAsync(Cancel));
        Assert.Equal(Alice, await session.CallerArnAsync(Cancel));
    }

    [Fact]
    public async Task A_process_that_fails_is_quoted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script");
        Work.Set("AWS_REGION", "eu-west-1");
        Config($"[profile p]\ncredential_process = {Work.Script("creds.sh", "echo 'log in first' >&2; exit 3")}\n");

        var failure = await FailureAsync(FailureKind.Unauthorized, "p");

        Assert.Equal("the credential_process of profile \"p\" failed", failure.Message);
        Assert.Contains("log in first", string.Join('\n', failure.Details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_of_aws_login_is_explained()
    {
        Work.Set("AWS_REGION", "eu-west-1");
        Config("[profile console]\nlogin_session = arn:aws:iam::111122223333:user/alice\n");

        Assert.Contains("aws login", (await FailureAsync(FailureKind.Failed, "console")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callers_of_different_accounts_and_keys_never_share_an_identity()
    {
        Keys();
        using var first = Open();
        Work.Set("AWS_ACCESS_KEY_ID", "AKIDOTHER");
        using var second = Open();
        Credentials("[declared]\naws_access_key_id = AKIDOTHER\naws_secret_access_key = s\naws_account_id = 111122223333\n");
        Work.Set("AWS_ACCOUNT_ID", "111122223333");
        using var same = Open();
        Assert.Equal(await second.IdentityAsync(Cancel), await same.IdentityAsync(Cancel));
        using var third = Open(new AwsSettings { Profile = "declared" });

        var identities = new[] { await first.IdentityAsync(Cancel), await second.IdentityAsync(Cancel), await third.IdentityAsync(Cancel) };

        Assert.Equal(3, identities.Distinct().Count());
        Assert.Equal("account 111122223333", identities[2]);
        Assert.DoesNotContain("AKID", string.Concat(identities), StringComparison.Ordinal);
        Assert.Empty(Fake.Calls);
    }

    [Fact]
    public async Task The_callers_arn_is_asked_once_and_unknown_when_nobody_answers()
    {
        Keys();
        using var session = Open();
        await session.CallerArnAsync(Cancel);
        await session.CallerArnAsync(Cancel);
        Assert.Single(Fake.Calls);

        Fake.Instead = _ => AwsAnswer.StsError(503, "ServiceUnavailable", "later");
        using var other = Open();
        Assert.Null(await other.CallerArnAsync(Cancel));
        Assert.Equal(2, Fake.Calls.Count);
    }

    [Fact]
    public async Task The_wait_for_credentials_can_be_cancelled()
    {
        Keys();
        using var stop = new CancellationTokenSource();
        Fake.Instead = _ =>
        {
            stop.Cancel();
            return AwsAnswer.StsError(503, "ServiceUnavailable", "later");
        };
        using var session = Open(new AwsSettings { RoleArn = "arn:aws:iam::777788889999:role/ops" });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await session.IdentityAsync(stop.Token));
    }

    [Fact]
    public void A_line_that_is_no_setting_is_shown_with_its_place()
    {
        Base();
        Config("[profile x]\nregion eu-west-1\n");

        var failure = Expect.Failure(FailureKind.Failed, () => Open());

        Assert.Equal($"{Work.Path("home/.aws/config")}:2: this is not a setting: key = value", failure.Message);
    }

    [Fact]
    public async Task Endpoints_of_a_profile_and_its_services_are_used()
    {
        Base().Set("AWS_ENDPOINT_URL", "");
        Config($"""
            [profile base]
            services = local
            endpoint_url = http://localhost:1
            [services local]
            sts =
              endpoint_url = {Fake.Url}
            eks =
              endpoint_url = https://eks.example
            """);
        using var session = Open(new AwsSettings { Profile = "base" });

        Assert.Equal(Alice, await session.CallerArnAsync(Cancel));
        Assert.Equal("https://eks.example/", session.EksEndpoint.AbsoluteUri);
    }

    [Fact]
    public async Task Fips_beside_an_endpoint_of_ones_own_is_refused_by_the_sdk_and_said()
    {
        Keys().Set("AWS_USE_FIPS_ENDPOINT", "true");

        var failure = await Expect.FailureAsync(
            FailureKind.Failed, () => CallerAsync(new AwsSettings { RoleArn = "arn:aws:iam::777788889999:role/ops" }));

        Assert.Contains("FIPS", string.Join('\n', failure.Details), StringComparison.Ordinal);
    }
}
