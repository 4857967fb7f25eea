using System.Text.Json;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes plans for programs; part of the interface.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>source</c>: the place of the map.</item>
/// <item><c>resourceVersion</c>: the version of the ConfigMap: after the write, else as it was read; null when it is not known,
/// and for a manifest.</item>
/// <item><c>changes</c>: mapping by mapping. <c>action</c> (<c>added</c>, <c>updated</c>, <c>removed</c> or <c>unchanged</c>);
/// <c>kind</c> (<c>role</c>, <c>user</c> or <c>account</c>); <c>arn</c>, where an account's id stands, too: it is what the change
/// is about; <c>before</c> and <c>after</c>, the mapping (<see cref="MappingJson"/>), null when it is new or goes; <c>line</c> in
/// the key's text, null when it has none.</item>
/// <item><c>objects</c>: the objects beside aws-auth, in the order in which they are written: <c>action</c>, <c>kind</c>,
/// <c>namespace</c> and <c>name</c>; left out when the change is about none.</item>
/// <item><c>access</c>: the principals whose access changes: <c>principal</c>, and <c>before</c> and <c>after</c>, each with
/// <c>username</c> and <c>groups</c>, null when the principal cannot enter.</item>
/// <item><c>warnings</c>: what stands on standard error as a warning.</item>
/// <item><c>dryRun</c>: whether it was asked to write nothing.</item>
/// </list>
/// </remarks>
internal static class PlanJson
{
    public static void Write(
        Utf8JsonWriter json, Plan plan, string source, string? version, IReadOnlyList<string> warnings, bool dryRun)
    {
        json.WriteStartObject();
        json.WriteString("source", source);
        json.WriteString("resourceVersion", version);
        WriteChanges(json, plan.Changes);
        if (plan.Objects.Count > 0)
        {
            WriteObjects(json, plan.Objects);
        }

        WriteAccess(json, plan.AccessChanges);
        json.WriteStrings("warnings", warnings);
        json.WriteBoolean("dryRun", dryRun);
        json.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<Change> changes)
    {
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("action", Word(change.Action));
            json.WriteString("kind", ChangeLines.KindName(change.Kind));
            json.WriteString("arn", change.Identity);
            WriteMapping(json, "before", change.Before);
            WriteMapping(json, "after", change.After);
            json.WriteNumberOrNull("line", change.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMapping(Utf8JsonWriter json, string name, Mapping? mapping)
    {
        if (mapping is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WritePropertyName(name);
            MappingJson.Write(json, mapping);
        }
    }

    private static void WriteObjects(Utf8JsonWriter json, IReadOnlyList<ObjectChange> changes)
    {
        json.WriteStartArray("objects");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("action", Word(change.Action));
            json.WriteString("kind", $"{change.Key.Kind}");
            json.WriteString("namespace", change.Key.Namespace);
            json.WriteString("name", change.Key.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAccess(Utf8JsonWriter json, IReadOnlyList<AccessChange> changes)
    {
        json.WriteStartArray("access");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("principal", change.Principal);
            WriteGrant(json, "before", change.Before);
            WriteGrant(json, "after", change.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGrant(Utf8JsonWriter json, string name, Access? access)
    {
        if (access is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteStartObject(name);
            json.WriteString("username", access.Username);
            json.WriteStrings("groups", access.Groups);
            json.WriteEndObject();
        }
    }

    private static string Word(ChangeAction action) => action switch
    {
        ChangeAction.Added => "added",
        ChangeAction.Updated => "updated",
        ChangeAction.Removed => "removed",
        _ => "unchanged",
    };
}
