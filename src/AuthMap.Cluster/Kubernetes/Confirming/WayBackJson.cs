using System.Text.Json.Serialization;

namespace AuthMap.Cluster.Kubernetes.Confirming;

/// <summary>Any object of a way back as it travels: a ServiceAccount, a Role, a RoleBinding, a TokenRequest.</summary>
internal sealed record WayBackObject(string? ApiVersion, string? Kind, WayBackMetadata? Metadata)
{
    public IReadOnlyList<WayBackRule>? Rules { get; init; }

    public WayBackReference? RoleRef { get; init; }

    public IReadOnlyList<WayBackReference>? Subjects { get; init; }

    public WayBackTokenSpec? Spec { get; init; }

    public WayBackTokenStatus? Status { get; init; }
}

internal sealed record WayBackList(IReadOnlyList<WayBackObject>? Items);

internal sealed record WayBackMetadata(string? Name)
{
    public string? Namespace { get; init; }

    public string? Uid { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }

    public IReadOnlyList<WayBackOwner>? OwnerReferences { get; init; }
}

internal sealed record WayBackOwner(string ApiVersion, string Kind, string Name, string Uid);

internal sealed record WayBackRule(
    IReadOnlyList<string> ApiGroups, IReadOnlyList<string> Resources, IReadOnlyList<string> ResourceNames, IReadOnlyList<string> Verbs);

internal sealed record WayBackReference(string? ApiGroup, string Kind, string Name, string? Namespace);

internal sealed record WayBackTokenSpec(long ExpirationSeconds);

internal sealed record WayBackTokenStatus(string? Token);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WayBackObject))]
[JsonSerializable(typeof(WayBackList))]
internal sealed partial class WayBackJson : JsonSerializerContext;
