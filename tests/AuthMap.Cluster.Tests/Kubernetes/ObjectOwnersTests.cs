using System.Text.Json;
using AuthMap.Cluster.Kubernetes;

namespace AuthMap.Cluster.Tests.Kubernetes;

public sealed class ObjectOwnersTests
{
    private static IReadOnlyList<string> Of(string managers, string annotation = "x") => ObjectOwners.Of(JsonDocument.Parse(
        """{"metadata":{"annotations":{"ANNOTATION":""},"managedFields":[MANAGERS]}}"""
            .Replace("ANNOTATION", annotation, StringComparison.Ordinal).Replace("MANAGERS", managers, StringComparison.Ordinal)).RootElement.GetProperty("metadata"));

    private static string Manager(string name, string operation = "Update", string fields = "f:data") =>
        """{"manager":"NAME","operation":"OPERATION","apiVersion":"v1","time":"2026-01-02T03:04:05Z","fieldsType":"FieldsV1","fieldsV1":{"FIELDS":{"f:mapRoles":{}}}}"""
            .Replace("NAME", name, StringComparison.Ordinal).Replace("OPERATION", operation, StringComparison.Ordinal)
            .Replace("FIELDS", fields, StringComparison.Ordinal);

    [Theory]
    [InlineData("kubectl-client-side-apply", "Update", "kubectl apply")]
    [InlineData("kubectl", "Apply", "kubectl apply")]
    [InlineData("Terraform", "Apply", "Terraform")]
    [InlineData("HashiCorp", "Update", "Terraform")]
    [InlineData("argocd-controller", "Apply", "Argo CD")]
    [InlineData("kustomize-controller", "Apply", "Flux")]
    [InlineData("helm", "Update", "Helm")]
    [InlineData("our-operator", "Apply", "our-operator")]
    public void Programs_that_come_back_are_owners(string manager, string operation, string expected) =>
        Assert.Equal([expected], Of(Manager(manager, operation)));

    [Theory]
    [InlineData("kubectl-edit", "Update")]
    [InlineData("kubectl-patch", "Update")]
    [InlineData("eksctl", "Update")]
    [InlineData("aws-auth", "Update")]
    [InlineData("vpcLambda", "Update")]
    [InlineData("Go-http-client", "Update")]
    [InlineData("authmap", "Update")]
    [InlineData("authmap", "Apply")]
    public void Programs_that_edited_once_are_not(string manager, string operation) => Assert.Empty(Of(Manager(manager, operation)));

    [Fact]
    public void Who_owns_only_labels_is_no_owner() => Assert.Empty(Of(Manager("Terraform", "Apply", "f:metadata")));

    [Fact]
    public void Each_is_named_once_and_the_annotation_counts() => Assert.Equal(
        ["kubectl apply", "Terraform"],
        Of($"{Manager("Terraform")},{Manager("kubectl-client-side-apply")},{Manager("HashiCorp")}", "kubectl.kubernetes.io/last-applied-configuration"));
}
