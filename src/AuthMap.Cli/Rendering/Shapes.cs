using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthMap.Mappings;

namespace AuthMap.Cli.Rendering;

/// <summary>A mapping as eksctl prints it, fields in this order, empty ones left out.</summary>
internal sealed record MappingShape
{
    public string? Rolearn { get; init; }

    public string? Userarn { get; init; }

    public SsoShape? Sso { get; init; }

    public string? Username { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    public string? Account { get; init; }

    public static MappingShape Of(Mapping mapping) => mapping switch
    {
        PrincipalMapping principal => new()
        {
            Rolearn = principal is RoleMapping ? NotEmpty(principal.Arn) : null,
            Userarn = principal is UserMapping ? NotEmpty(principal.Arn) : null,
            Sso = principal is RoleMapping { Sso: { } sso } ? SsoShape.Of(sso) : null,
            Username = NotEmpty(principal.Username),
            Groups = principal.Groups.Count > 0 ? principal.Groups : null,
        },
        _ => new() { Account = mapping.Identity },
    };

    internal static string? NotEmpty(string text) => text.Length > 0 ? text : null;
}

/// <summary>The <c>sso</c> object of a mapping.</summary>
internal sealed record SsoShape(
    string PermissionSetName, [property: JsonPropertyName("accountID")] string AccountId, string? Partition)
{
    public static SsoShape Of(SsoRole sso) => new(sso.PermissionSetName, sso.AccountId, MappingShape.NotEmpty(sso.Partition));
}

/// <summary>A plan as programs read it; part of the interface.</summary>
internal sealed record PlanShape(
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ResourceVersion,
    IReadOnlyList<ChangeShape> Changes,
    IReadOnlyList<ObjectShape>? Objects,
    IReadOnlyList<AccessShape> Access,
    IReadOnlyList<string> Warnings,
    bool DryRun);

/// <summary>One change. An account's id stands in <c>arn</c>, too: it is what the change is about.</summary>
internal sealed record ChangeShape(
    string Action,
    string Kind,
    string Arn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] MappingShape? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] MappingShape? After,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Line);

/// <summary>An object beside aws-auth, in the order in which they are written.</summary>
internal sealed record ObjectShape(string Action, string Kind, string Namespace, string Name);

/// <summary>A principal whose access changes.</summary>
internal sealed record AccessShape(
    string Principal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] GrantShape? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] GrantShape? After);

/// <summary>What a principal becomes.</summary>
internal sealed record GrantShape(string Username, IReadOnlyList<string> Groups);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    IndentSize = 4,
    NewLine = "\n")]
[JsonSerializable(typeof(IReadOnlyList<MappingShape>))]
[JsonSerializable(typeof(PlanShape))]
internal sealed partial class ShapesJson : JsonSerializerContext
{
    /// <summary>With everything a person can read left readable.</summary>
    public static ShapesJson Readable => field ??= new(new JsonSerializerOptions(Default.Options!)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
