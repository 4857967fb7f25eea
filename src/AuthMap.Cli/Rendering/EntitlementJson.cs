using System.Text.Json;
using AuthMap.Rbac;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes what those who enter may do, for programs; part of the interface.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>bindings</c>: the bindings that hold: <c>kind</c>, <c>namespace</c> where it has one, <c>name</c>; <c>role</c>, to
/// what it binds, and <c>subject</c>, by whom it holds, each with <c>kind</c> and <c>name</c>.</item>
/// <item><c>unbound</c>: groups that give nothing: <c>group</c>, and <c>nearest</c>, the group that was probably meant, left out
/// when none resembles it.</item>
/// <item><c>needNoBinding</c>: groups that give rights by themselves.</item>
/// <item><c>hidden</c>: the kinds of bindings that one may not list.</item>
/// </list>
/// </remarks>
internal static class EntitlementJson
{
    /// <summary>Writes them as a field of an object.</summary>
    public static void Write(Utf8JsonWriter json, string name, IEnumerable<Entitlement> entitlements)
    {
        json.WriteStartArray(name);
        foreach (var entitlement in entitlements)
        {
            json.WriteStartObject();
            WriteGrants(json, entitlement.Grants);
            WriteUnbound(json, entitlement.Unbound);
            json.WriteStrings("needNoBinding", entitlement.NeedNoBinding);
            json.WriteStrings("hidden", entitlement.Hidden.Select(kind => $"{kind}"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGrants(Utf8JsonWriter json, IReadOnlyList<Grant> grants)
    {
        json.WriteStartArray("bindings");
        foreach (var (binding, by) in grants)
        {
            json.WriteStartObject();
            json.WriteString("kind", $"{binding.Key.Kind}");
            json.WriteUnlessEmpty("namespace", binding.Key.Namespace);
            json.WriteString("name", binding.Key.Name);
            WriteNamed(json, "role", binding.Role.Kind, binding.Role.Name);
            WriteNamed(json, "subject", by.Kind, by.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNamed(Utf8JsonWriter json, string field, string kind, string name)
    {
        json.WriteStartObject(field);
        json.WriteString("kind", kind);
        json.WriteString("name", name);
        json.WriteEndObject();
    }

    private static void WriteUnbound(Utf8JsonWriter json, IReadOnlyList<UnboundGroup> groups)
    {
        json.WriteStartArray("unbound");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("group", group.Name);
            json.WriteUnlessNull("nearest", group.Nearest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
