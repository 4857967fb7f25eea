using System.Text.Json;
using AuthMap.History;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes revisions for programs; part of the interface.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>number</c>: the revision's number.</item>
/// <item><c>time</c>: when it was written, RFC 3339 in UTC; null when that is not known.</item>
/// <item><c>actor</c>: who wrote it; null when that is not known.</item>
/// <item><c>tool</c>: with which program; null when that is not known.</item>
/// <item><c>change</c>: what was done, in one line.</item>
/// </list>
/// </remarks>
internal static class HistoryJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Revision> revisions)
    {
        json.WriteStartArray();
        foreach (var revision in revisions)
        {
            var origin = revision.Origin;
            json.WriteStartObject();
            json.WriteNumber("number", revision.Number);
            json.WriteString("time", origin is null ? null : RevisionText.Time(origin));
            json.WriteString("actor", origin is { Actor.Length: > 0 } ? origin.Actor : null);
            json.WriteString("tool", origin?.Tool);
            json.WriteString("change", RevisionText.Change(revision));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
