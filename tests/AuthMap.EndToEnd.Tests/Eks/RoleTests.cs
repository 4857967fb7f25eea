namespace AuthMap.EndToEnd;

/// <summary>Roles that the program assumes before it asks for anything.</summary>
public sealed class RoleTests(EksCluster cluster) : EksProgramTest(cluster)
{
    private const string Arn = $"arn:aws:iam::{Maps.Account}:role/ops";

    private Principal alice = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        alice = Cluster.Iam.AddUser($"arn:aws:iam::{Maps.Account}:user/alice");
        await Cluster.Server.AwsAuth.PutAsync(mapRoles: $$$"""
            - rolearn: {{{Arn}}}
              username: ops:{{SessionName}}
              groups: [{{{EksCluster.EditorGroup}}}]

            """);
    }

    [Fact]
    public async Task A_role_is_assumed_with_an_external_id_under_a_name()
    {
        Cluster.Iam.AddRole(Arn, externalId: "a secret+word");

        (await RunAsync(
            alice, "get", "--role-arn", Arn, "--external-id", "a secret+word", "--role-session-name", "bob@example.com")).Succeeded();

        Assert.Equal("ops:bob-example.com", Cluster.Webhook.Usernames[^1]);
    }

    [Fact]
    public async Task A_role_that_does_not_trust_the_caller_is_named_with_it()
    {
        Cluster.Iam.AddRole(Arn, externalId: "right");

        var result = await RunAsync(alice, "get", "--role-arn", Arn, "--external-id", "wrong");

        Assert.Equal(7, result.ExitCode);
        Contains(Arn, result.Error);
        Contains($"User: {alice.Arn} is not authorized to perform: sts:AssumeRole on resource: {Arn}", result.Error);
        Assert.DoesNotContain("wrong", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--profile")]
    [InlineData("AWS_PROFILE")]
    public async Task A_profile_assumes_its_roles_one_from_another(string how)
    {
        Cluster.Iam.AddRole(Arn, externalId: "right");
        Cluster.Iam.AddRole($"arn:aws:iam::{Maps.Account}:role/first");
        Program.Environment.Remove("AWS_REGION");
        WriteFile(".aws/credentials", $"""
            [alice]
            aws_access_key_id = {alice.AccessKeyId}
            aws_secret_access_key = {alice.SecretAccessKey}
            """);
        WriteFile(".aws/config", $"""
            [profile first]
            role_arn = arn:aws:iam::{Maps.Account}:role/first
            role_session_name = by-alice
            source_profile = alice

            [profile ops]
            role_arn = {Arn}
            external_id = right
            role_session_name = by-first
            source_profile = first
            region = {EksCluster.Region}
            """);
        if (how == "AWS_PROFILE")
        {
            Program.Environment["AWS_PROFILE"] = "ops";
        }

        (await RunAsync("get", how == "--profile" ? ["--profile", "ops"] : [])).Succeeded();

        Assert.Equal("ops:by-first", Cluster.Webhook.Usernames[^1]);
        Assert.Equal(2, Cluster.Sts.Requests.Count);
        Assert.Equal(alice.AccessKeyId, KeyOf(Cluster.Sts.Requests[0]));
        Assert.Equal(
            $"arn:aws:sts::{Maps.Account}:assumed-role/first/by-alice", Cluster.Iam.Find(KeyOf(Cluster.Sts.Requests[1]))!.Arn);

        static string KeyOf(AwsRequest request) => request["Authorization"]!.Split("Credential=")[1].Split('/')[0];
    }

    [Fact]
    public async Task A_pod_enters_by_its_web_identity()
    {
        Cluster.Iam.AddRole(Arn, webIdentityToken: "a.b.c");
        Program.Environment["AWS_ROLE_ARN"] = Arn;
        Program.Environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = WriteFile("token", "a.b.c");
        Program.Environment["AWS_ROLE_SESSION_NAME"] = "pod";

        (await RunAsync("get")).Succeeded();

        Assert.Equal("ops:pod", Cluster.Webhook.Usernames[^1]);
    }
}
