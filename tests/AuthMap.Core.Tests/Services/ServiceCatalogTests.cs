using AuthMap.Arns;
using AuthMap.Rbac;
using AuthMap.Services;

namespace AuthMap.Core.Tests.Services;

public sealed class ServiceCatalogTests
{
    private static readonly string[] _object = ["get", "list", "watch", "describe", "create", "edit", "delete", "annotate", "patch", "label"];

    [Fact]
    public void The_rules_of_emr_containers_are_those_that_eksctl_writes()
    {
        var rules = ServiceCatalog.Find("emr-containers").Rules;

        Assert.Equal(
            [
                " | namespaces",
                " | serviceaccounts services configmaps events pods pods/log",
                " | secrets",
                "apps | statefulsets deployments",
                "batch | jobs",
                "extensions networking.k8s.io | ingresses",
                "rbac.authorization.k8s.io | roles rolebindings",
                " | persistentvolumeclaims",
                "scheduling.volcano.sh | podgroups",
            ],
            rules.Select(rule => $"{string.Join(' ', rule.ApiGroups)} | {string.Join(' ', rule.Resources)}"));
        string[] collection = [.. _object, "deletecollection"];
        string[][] verbs =
        [
            ["get"], collection, ["create", "patch", "delete", "watch"], _object, _object, _object, collection,
            ["create", "list", "delete", "deletecollection"], ["get", "list", "watch", "create", "delete", "update"],
        ];
        Assert.Equal(verbs.Select(each => each.Order()), rules.Select(rule => rule.Verbs.Order()));
        Assert.All(rules, rule => Assert.Empty(rule.ResourceNames));
    }

    [Fact]
    public void An_unknown_service_is_named_with_those_there_are()
    {
        var failure = Assert.Throws<AuthMapException>(() => ServiceCatalog.Find("batch")).Failure;

        Assert.Equal((FailureKind.Usage, "invalid service name \"batch\"", "known are: emr-containers"), (failure.Kind, failure.Message, failure.Hint));
    }

    [Theory]
    [InlineData("arn:aws:eks:eu-west-1:111122223333:cluster/dev", "arn:aws:iam::111122223333:role/AWSServiceRoleForAmazonEMRContainers")]
    [InlineData("arn:aws-cn:eks:cn-north-1:000000000001:cluster/a", "arn:aws-cn:iam::000000000001:role/AWSServiceRoleForAmazonEMRContainers")]
    [InlineData("arn:aws-eusc:eks:eusc-de-east-1:111122223333:cluster/a", "arn:aws-eusc:iam::111122223333:role/AWSServiceRoleForAmazonEMRContainers")]
    public void Account_and_partition_of_the_role_are_the_clusters(string cluster, string role)
    {
        Assert.Equal(role, ServiceCatalog.Find("emr-containers").RoleArnIn(ClusterArn.Find(cluster)!));
        Assert.Equal(cluster, ClusterArn.Find(cluster)!.ToString());
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("")]
    [InlineData("arn:aws:eks:eu-west-1:111122223333:nodegroup/dev/a/b")]
    [InlineData("arn:aws:eks:eu-west-1:11112222333:cluster/dev")]
    [InlineData("arn:aws:eks::111122223333:cluster/dev")]
    [InlineData("arn:other:eks:eu-west-1:111122223333:cluster/dev")]
    [InlineData("arn:aws:eks:eu-west-1:111122223333:cluster/")]
    [InlineData("arn:aws:iam::111122223333:cluster/dev")]
    public void Other_names_are_no_ARN_of_a_cluster(string text) => Assert.Null(ClusterArn.Find(text));

    [Fact]
    public void The_binding_binds_the_user_to_the_role()
    {
        var service = ServiceCatalog.Find("emr-containers");
        var binding = service.BindingIn("spark");

        Assert.Equal(new RoleRef("Role", "emr-containers"), binding.Role);
        Assert.Equal([Subject.User("emr-containers")], binding.Subjects);
        Assert.True(binding.IsTo(service.RoleIn("spark").Key));
        Assert.False(binding.IsTo(service.RoleIn("other").Key));
    }
}
