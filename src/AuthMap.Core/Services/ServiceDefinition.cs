using AuthMap.Arns;
using AuthMap.Rbac;

namespace AuthMap.Services;

/// <summary>An AWS service that works inside clusters, and what it needs there. All of it is data.</summary>
/// <param name="Name">The name by which users ask for it; its Role and RoleBinding are called the same.</param>
/// <param name="RoleName">The name of its service-linked IAM role, without the path, which the authenticator never sees.</param>
/// <param name="Username">The Kubernetes user that it becomes.</param>
/// <param name="Rules">What it may do in a namespace.</param>
public sealed record ServiceDefinition(string Name, string RoleName, string Username, IReadOnlyList<PolicyRule> Rules)
{
    /// <summary>The ARN that the service's entry has in a cluster's map.</summary>
    /// <param name="cluster">The cluster.</param>
    public string RoleArnIn(ClusterArn cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return $"arn:{cluster.Partition}:iam::{cluster.Account}:role/{RoleName}";
    }

    /// <summary>Its Role.</summary>
    /// <param name="space">The namespace.</param>
    public RbacRole RoleIn(string space) => new(new(RbacKind.Role, space, Name), Rules);

    /// <summary>Its RoleBinding.</summary>
    /// <param name="space">The namespace.</param>
    public RbacBinding BindingIn(string space) =>
        new(new(RbacKind.RoleBinding, space, Name), new("Role", Name), [Subject.User(Username)]);
}
