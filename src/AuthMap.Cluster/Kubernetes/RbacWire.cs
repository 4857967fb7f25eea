using System.Text.Json;
using System.Text.Json.Nodes;
using AuthMap.Rbac;
using k8s.Models;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>RBAC objects as they travel.</summary>
internal static class RbacWire
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string Version = $"{Group}/v1";

    public static RbacRole Role(V1Role role) => new(
        new(RbacKind.Role, role.Metadata.NamespaceProperty, role.Metadata.Name),
        [
            .. (role.Rules ?? []).Select(rule => new PolicyRule([.. rule.ApiGroups ?? []], [.. rule.Resources ?? []], [.. rule.Verbs ?? []])
            {
                ResourceNames = [.. rule.ResourceNames ?? []],
            }),
        ])
    {
        Version = role.Metadata.ResourceVersion,
    };

    public static RbacBinding Binding(V1RoleBinding binding) => new(
        new(RbacKind.RoleBinding, binding.Metadata.NamespaceProperty, binding.Metadata.Name),
        Role(binding.RoleRef),
        Read(binding.Subjects))
    {
        Version = binding.Metadata.ResourceVersion,
    };

    public static RbacBinding Binding(V1ClusterRoleBinding binding) => new(
        new(RbacKind.ClusterRoleBinding, "", binding.Metadata.Name), Role(binding.RoleRef), Read(binding.Subjects))
    {
        Version = binding.Metadata.ResourceVersion,
    };

    /// <summary>The body that creates an object.</summary>
    public static byte[] New(RbacObject wanted) => wanted switch
    {
        RbacRole role => Json(new V1Role { ApiVersion = Version, Kind = nameof(RbacKind.Role), Metadata = Named(role.Key), Rules = Rules(role) }),
        RbacBinding binding => Json(new V1RoleBinding
        {
            ApiVersion = Version,
            Kind = nameof(RbacKind.RoleBinding),
            Metadata = Named(binding.Key),
            RoleRef = new() { ApiGroup = Group, Kind = binding.Role.Kind, Name = binding.Role.Name },
            Subjects = Subjects(binding),
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(wanted)),
    };

    /// <summary>The merge patch that changes nothing but rules or subjects, and only at this version.</summary>
    public static byte[] Patch(RbacObject wanted, string? version) => wanted switch
    {
        RbacRole role => Json(new V1Role { Metadata = new() { ResourceVersion = version }, Rules = Rules(role) }),
        RbacBinding binding => Json(new V1RoleBinding { Metadata = new() { ResourceVersion = version }, Subjects = Subjects(binding) }),
        _ => throw new ArgumentOutOfRangeException(nameof(wanted)),
    };

    /// <summary>The body that removes an object only at this version.</summary>
    public static byte[] DeleteOptions(string? version) => RequestJson.Of(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "DeleteOptions",
        ["preconditions"] = new JsonObject { ["resourceVersion"] = version },
    });

    private static V1ObjectMeta Named(ObjectKey key) => new() { Name = key.Name, NamespaceProperty = key.Namespace };

    private static List<V1PolicyRule> Rules(RbacRole role) =>
    [
        .. role.Rules.Select(rule => new V1PolicyRule
        {
            ApiGroups = [.. rule.ApiGroups],
            Resources = [.. rule.Resources],
            ResourceNames = rule.ResourceNames.Count == 0 ? null : [.. rule.ResourceNames],
            Verbs = [.. rule.Verbs],
        }),
    ];

    private static List<Rbacv1Subject> Subjects(RbacBinding binding) =>
    [
        .. binding.Subjects.Select(subject => new Rbacv1Subject
        {
            ApiGroup = subject.ApiGroup,
            Kind = subject.Kind,
            Name = subject.Name,
            NamespaceProperty = subject.Namespace,
        }),
    ];

    private static byte[] Json(V1Role role) => JsonSerializer.SerializeToUtf8Bytes(role, WireJson.Relaxed.V1Role);

    private static byte[] Json(V1RoleBinding binding) => JsonSerializer.SerializeToUtf8Bytes(binding, WireJson.Relaxed.V1RoleBinding);

    private static RoleRef Role(V1RoleRef? role) => new(role?.Kind ?? "", role?.Name ?? "");

    private static IReadOnlyList<Subject> Read(IList<Rbacv1Subject>? subjects) =>
        [.. (subjects ?? []).Select(subject => new Subject(subject.Kind, subject.Name, NotEmpty(subject.ApiGroup), NotEmpty(subject.NamespaceProperty)))];

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
