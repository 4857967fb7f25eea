using System.Text.Json;
using AuthMap.Documents;
using AuthMap.Planning;
using AuthMap.Rbac;
using AuthMap.Resolving;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes answers to <c>resolve</c> for programs; part of the interface.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>caller</c>: the ARN that was asked for.</item>
/// <item><c>canonicalArn</c>: the ARN that entries are compared with; null when the caller's names no identity.</item>
/// <item><c>ambiguous</c>: whether the authenticator picks one of the outcomes at random.</item>
/// <item><c>outcomes</c>: how a request can end: <c>username</c>, <c>groups</c>, and <c>error</c>, null for who enters.</item>
/// <item><c>entries</c>: the entries that decide, in the order of the outcomes, each with its <c>key</c>, <c>line</c> and
/// <c>text</c>.</item>
/// <item><c>shadowed</c>: entries of the same ARN that another one hides, with the same fields.</item>
/// <item><c>nearMisses</c>: what was probably meant and does nothing: <c>key</c>, <c>line</c>, <c>reason</c>, and <c>arn</c>,
/// left out for what the authenticator cannot read.</item>
/// <item><c>unfilled</c>: templates that stay because what they stand for is not known.</item>
/// <item><c>rbac</c>: what those who enter may do (<see cref="EntitlementJson"/>), in the order of the outcomes; left out when it
/// was not asked for.</item>
/// </list>
/// </remarks>
internal static class ResolutionJson
{
    public static void Write(Utf8JsonWriter json, ResolveAnswer answer)
    {
        var outcomes = answer.Resolution.Outcomes;
        json.WriteStartObject();
        json.WriteString("caller", answer.Caller.Arn);
        json.WriteString("canonicalArn", answer.Resolution.Canonical?.Text);
        json.WriteBoolean("ambiguous", answer.Resolution.IsAmbiguous);
        WriteOutcomes(json, outcomes);
        WriteEntries(json, "entries", answer, outcomes.Select(outcome => outcome.Entry).OfType<LocatedEntry>());
        WriteEntries(json, "shadowed", answer, answer.Shadowed.Select(status => status.Located));
        WriteNearMisses(json, answer);
        json.WriteStrings("unfilled", outcomes.SelectMany(outcome => outcome.Unfilled).Distinct());
        if (answer.Bindings is not null)
        {
            EntitlementJson.Write(json, "rbac", outcomes.Select(answer.Entitlement).OfType<Entitlement>());
        }

        json.WriteEndObject();
    }

    private static void WriteOutcomes(Utf8JsonWriter json, IReadOnlyList<ResolvedOutcome> outcomes)
    {
        json.WriteStartArray("outcomes");
        foreach (var outcome in outcomes)
        {
            json.WriteStartObject();
            json.WriteString("username", outcome.Username);
            json.WriteStrings("groups", outcome.Groups);
            json.WriteString("error", outcome.Error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEntries(Utf8JsonWriter json, string name, ResolveAnswer answer, IEnumerable<LocatedEntry> entries)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("key", entry.Key.Name());
            json.WriteNumber("line", entry.Line);
            json.WriteString("text", answer.Text(entry));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNearMisses(Utf8JsonWriter json, ResolveAnswer answer)
    {
        json.WriteStartArray("nearMisses");
        foreach (var miss in answer.NearMisses)
        {
            json.WriteStartObject();
            json.WriteString("key", miss.Key.Name());
            json.WriteNumber("line", Places.Line(answer.Snapshot, miss.Key, miss.Position));
            json.WriteUnlessNull("arn", miss.Text);
            json.WriteString("reason", miss.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
