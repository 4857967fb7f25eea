using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthMap.Documents;
using AuthMap.Planning;

namespace AuthMap.Cli.Rendering;

/// <summary>An answer to <c>resolve</c> as programs read it; part of the interface.</summary>
/// <param name="Caller">The ARN that was asked for.</param>
/// <param name="CanonicalArn">The ARN that entries are compared with.</param>
/// <param name="Ambiguous">Whether the authenticator picks one of the outcomes at random.</param>
/// <param name="Outcomes">How a request can end.</param>
/// <param name="Entries">The entries that decide, in the order of the outcomes.</param>
/// <param name="Shadowed">Entries of the same ARN that another one hides.</param>
/// <param name="NearMisses">What was probably meant and does nothing.</param>
/// <param name="Unfilled">Templates that stay because what they stand for is not known.</param>
internal sealed record ResolutionShape(
    string Caller,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? CanonicalArn,
    bool Ambiguous,
    IReadOnlyList<OutcomeShape> Outcomes,
    IReadOnlyList<EntryShape> Entries,
    IReadOnlyList<EntryShape> Shadowed,
    IReadOnlyList<NearMissShape> NearMisses,
    IReadOnlyList<string> Unfilled)
{
    public static ResolutionShape Of(ResolveAnswer answer) => new(
        answer.Caller.Arn,
        answer.Resolution.Canonical?.Text,
        answer.Resolution.IsAmbiguous,
        [.. answer.Resolution.Outcomes.Select(outcome => new OutcomeShape(outcome.Username, outcome.Groups, outcome.Error))],
        [.. answer.Resolution.Outcomes.Select(outcome => outcome.Entry).OfType<LocatedEntry>().Select(entry => EntryShape.Of(answer, entry))],
        [.. answer.Shadowed.Select(status => EntryShape.Of(answer, status.Located))],
        [.. answer.NearMisses.Select(miss => new NearMissShape(
            miss.Key.Name(), Places.Line(answer.Snapshot, miss.Key, miss.Position), miss.Text, miss.Reason))],
        [.. answer.Resolution.Outcomes.SelectMany(outcome => outcome.Unfilled).Distinct()]);
}

/// <summary>One way a request can end.</summary>
internal sealed record OutcomeShape(
    string Username, IReadOnlyList<string> Groups, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Error);

/// <summary>An entry of the map: where it stands and its text.</summary>
internal sealed record EntryShape(string Key, int Line, string Text)
{
    public static EntryShape Of(ResolveAnswer answer, LocatedEntry located)
    {
        var span = located.Entry.Span;
        return new(located.Key.Name(), located.Line, answer.Document[located.Key].Text![span.Start..span.End]);
    }
}

/// <summary>Something that was probably meant and does nothing.</summary>
internal sealed record NearMissShape(string Key, int Line, string? Arn, string Reason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    IndentSize = 4,
    NewLine = "\n")]
[JsonSerializable(typeof(ResolutionShape))]
internal sealed partial class ResolutionJson : JsonSerializerContext
{
    /// <summary>With everything a person can read left readable.</summary>
    public static ResolutionJson Readable => field ??= new(new JsonSerializerOptions(Default.Options!)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
