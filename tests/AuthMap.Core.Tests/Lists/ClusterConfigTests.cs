using AuthMap.Lists;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Lists;

public sealed class ClusterConfigTests
{
    private const string Dev = "arn:aws:iam::111122223333:role/dev";

    [Fact]
    public void The_published_example_is_read()
    {
        var config = Read("""
            ---
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig

            metadata:
              name: cluster-with-iamidentitymappings
              region: us-east-1

            iamIdentityMappings:
              - arn: arn:aws:iam::000000000000:role/myAdminRole
                groups:
                  - system:masters
                username: admin
                noDuplicateArns: true # prevents shadowing of ARNs

              - arn: arn:aws:iam::000000000000:user/myUserRole
                groups:
                  - eks-dashboard-full-access
                username: dashboard-full-access
                noDuplicateArns: true # prevents shadowing of ARNs

              - serviceName: emr-containers
                namespace: emr # serviceName requires namespace

              - account: "000000000000" # account must be configured with no other options

            nodeGroups:
              - name: ng-1
                instanceType: m5.large
                desiredCapacity: 1
            """);

        Assert.Equal(("cluster-with-iamidentitymappings", "us-east-1"), (config.Name, config.Region));
        Assert.Equal(
            [
                new UpsertPrincipal(
                    MappingKind.Role, "arn:aws:iam::000000000000:role/myAdminRole", "admin", ["system:masters"], false, [], DuplicatePolicy.Refuse),
                new UpsertPrincipal(
                    MappingKind.User,
                    "arn:aws:iam::000000000000:user/myUserRole",
                    "dashboard-full-access",
                    ["eks-dashboard-full-access"],
                    false,
                    [],
                    DuplicatePolicy.Refuse),
                new UpsertService("emr-containers", "emr"),
                new UpsertAccount("000000000000"),
            ],
            config.Mappings);
    }

    [Fact]
    public void A_template_may_stand_unquoted()
    {
        var config = Read(Config($"- arn: {Dev}\n  username: system:node:{{{{EC2PrivateDNSName}}}}\n  groups: [system:bootstrappers, system:nodes]"));

        var wish = Assert.IsType<UpsertPrincipal>(Assert.Single(config.Mappings));
        Assert.Equal("system:node:{{EC2PrivateDNSName}}", wish.Username);
        Assert.Equal(["system:bootstrappers", "system:nodes"], wish.Groups);
    }

    [Fact]
    public void A_file_in_JSON_is_read()
    {
        var config = Read($$"""
            {"apiVersion": "eksctl.io/v1alpha5", "kind": "ClusterConfig", "metadata": {"name": "c", "region": "eu-west-1"},
             "iamIdentityMappings": [{"arn": "{{Dev}}", "username": "dev"}]}
            """);

        Assert.Equal("dev", Assert.IsType<UpsertPrincipal>(Assert.Single(config.Mappings)).Username);
    }

    [Theory]
    [InlineData("")]
    [InlineData("iamIdentityMappings:")]
    [InlineData("iamIdentityMappings: []")]
    public void No_list_is_no_wish(string list) =>
        Assert.Empty(Read($"apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n{list}\n").Mappings);

    [Fact]
    public void The_same_mapping_twice_counts_once()
    {
        var config = Read(Config($"""
            - arn: {Dev}
              username: dev
              groups: [a, b]
            - arn: arn:aws:iam::111122223333:role/team/dev
              username: dev
              groups: [b, a]
            """));

        Assert.Single(config.Mappings);
        Assert.Single(config.Notices);
    }

    [Theory]
    [InlineData("- arn: ARN\n  usrname: dev", "7:3", "unknown field \"usrname\"", "did you mean username")]
    [InlineData("- arn: ARN\n  user: dev", "7:3", "unknown field \"user\"", "known are arn, username, groups")]
    [InlineData("- arn: ARN\n  username: 5", "7:13", "username is not a string but 5", "quote it: \"5\"")]
    [InlineData("- arn: ARN\n  groups: [5]", "7:12", "an item of groups is not a string but 5", "quote it")]
    [InlineData("- arn: ARN\n  groups: a", "7:11", "groups is not a list", "groups: [NAME, NAME]")]
    [InlineData("- account: 012345678901", "6:12", "account is not a string but 012345678901", "quote it: \"012345678901\"")]
    [InlineData("- account: \"1234\"", "6:3", "\"1234\" is not an account id", "")]
    [InlineData("- account: \"111122223333\"\n  username: a", "6:3", "account cannot be configured with any other options", "")]
    [InlineData("- username: a", "6:3", "expected a valid arn but got empty string", "serviceName")]
    [InlineData("- arn: ARN", "6:3", "neither username nor group are set for iam identity", "")]
    [InlineData("- arn: arn:aws:s3:::b\n  username: a", "6:3", "arn:aws:s3:::b", "")]
    [InlineData("- arn: ARN\n  username: ' a'", "6:3", "has a blank at its beginning", "")]
    [InlineData("- arn: ARN\n  username: a\n  noDuplicateARNs: maybe", "8:20", "noDuplicateARNs is neither true nor false", "")]
    [InlineData("- arn: ARN\n  arn: ARN\n  username: a", "7:3", "arn is there twice", "")]
    [InlineData("- arn: ARN\n  username: a\n- arn: ARN\n  username: b", "8:3", "is already mapped in line 6, in another way", "")]
    [InlineData("- serviceName: emr", "6:3", "invalid service name \"emr\"", "emr-containers")]
    [InlineData("- serviceName: emr-containers", "6:3", "namespace is required when using serviceName", "")]
    [InlineData("- namespace: emr", "6:3", "serviceName is required when using namespace", "")]
    [InlineData("- serviceName: emr-containers\n  namespace: emr\n  username: a", "6:3", "cannot use arn, username, and groups with serviceName", "")]
    [InlineData("- arn", "6:3", "an identity mapping without fields", "")]
    [InlineData("  arn: ARN", "6:3", "iamIdentityMappings is not a list", "dash")]
    public void A_mapping_that_makes_no_sense_is_refused_with_its_place(string list, string place, string message, string hint)
    {
        var failure = Refusal(Config(list.Replace("ARN", Dev, StringComparison.Ordinal)
            .Replace($"noDuplicate{Dev}s", "noDuplicateARNs", StringComparison.Ordinal)));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.StartsWith($"cluster.yaml:{place}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains(hint, failure.Hint ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("apiVersion: v1\nkind: ConfigMap", "not an eksctl ClusterConfig")]
    [InlineData("apiVersion: eksctl.io/v1alpha4\nkind: ClusterConfig", "the version eksctl.io/v1alpha4 of ClusterConfig is not known")]
    [InlineData("kind: ClusterConfig", "the apiVersion is not eksctl.io/v1alpha5")]
    [InlineData("apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n---\na: b", "a second document")]
    [InlineData("apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\niamIdentityMapping: []", "unknown field \"iamIdentityMapping\"")]
    [InlineData("apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\niam:\n  identityMappings: []", "identityMappings stands below iam")]
    [InlineData("apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: [", "not readable as YAML")]
    public void A_file_that_is_not_a_cluster_config_is_refused(string text, string message)
    {
        var failure = Refusal(text);

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private static ClusterConfig Read(string text) => ClusterConfig.Read(text, "cluster.yaml");

    private static Failure Refusal(string text) => Assert.Throws<AuthMapException>(() => Read(text)).Failure;

    private static string Config(string list) =>
        $"apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {{ name: c, region: eu-west-1 }}\n\niamIdentityMappings:\n{list}\n";
}
