using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using k8s.Models;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>JSON of the Kubernetes client's models of Roles and bindings. The library's own context knows every kind there is, which a
/// native binary pays for in size and at each start.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(V1Role))]
[JsonSerializable(typeof(V1RoleBinding))]
[JsonSerializable(typeof(V1RoleBindingList))]
[JsonSerializable(typeof(V1ClusterRoleBindingList))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>For requests: nothing escaped that need not be, so that a patch stays readable in audit logs.</summary>
    public static WireJson Relaxed => field ??= new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
